import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError, post } from "@/shared/api/request";
import type { Job } from "@/shared/api/types";
import { treeOf, type Group } from "@/shared/filter/filter";
import { watchJob } from "@/shared/jobs/watched";
import type { Selection } from "@/shared/list/selection";
import { useFailed } from "@/shared/ui/useFailed";
import { useOverCapacity } from "@/shared/ui/useOverCapacity";
import type { ListKind } from "../api";

export type Action = "edit" | "assign" | "tag" | "untag" | "delete" | "restore";

export interface Given {
  changes?: Record<string, unknown>;
  owner_id?: number | null;
  over_capacity?: boolean;
  tags?: string[];
}

/** What the action is to be done to: the chosen rows, or all the filter finds, as many as the person saw. */
export function selectionOf(selection: Selection, filter: Group, q: string, expected: number): Record<string, unknown> {
  if (!selection.all) return { ids: selection.ids };
  return { filter: filter.conditions.length > 0 ? treeOf(filter) : null, q: q.trim() || null, expected };
}

/** Starts an action on many records; it goes on as a job in the dock, and can be undone there. */
export function useBulk(kind: ListKind, list: { filter: Group; q: string }) {
  const { t } = useTranslation(["customers", "shared"]);
  const { modal } = App.useApp();
  const client = useQueryClient();
  const failed = useFailed();
  const askOver = useOverCapacity();
  const what = (count: number) => t(`bulk.what.${kind}`, { count });
  const refresh = () => {
    for (const key of [["customers"], ["changes"], ["value"]]) void client.invalidateQueries({ queryKey: key });
  };

  const start = async (action: Action, selection: Selection, count: number, given: Given = {}): Promise<boolean> => {
    try {
      const job = await post<Job>(`/${kind}/bulk`, { action, selection: selectionOf(selection, list.filter, list.q, count), ...given });
      watchJob({
        job,
        title: t(`bulk.doing.${action}`, { what: what(count) }),
        done: (result) => t(`bulk.done.${action}`, { what: what(Number(result.changed ?? 0)) }),
        onEnd: refresh,
      });
      return true;
    } catch (error) {
      const over = await askOver(error);
      if (over !== null) return over && start(action, selection, count, { ...given, over_capacity: true });
      const now = changedCount(error);
      if (now === null) {
        failed(error);
        return false;
      }
      const again = await modal.confirm({ title: t("bulk.count_changed", { what: what(now) }), content: t("bulk.count_changed_why", { what: what(count) }), okText: t("bulk.go_on"), cancelText: t("shared:action.cancel") });
      return again ? start(action, selection, now, given) : false;
    }
  };
  return start;
}

/** How many the filter finds by now, when that is the reason of a refusal. */
export function changedCount(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.code !== "selection_changed") return null;
  const count = error.details.map((detail) => detail.params?.count).find((one) => typeof one === "number");
  return typeof count === "number" ? count : null;
}
