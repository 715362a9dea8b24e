import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "@/shared/list/useChoice";
import type { ListControl } from "@/shared/list/useListState";
import type { ListKind } from "../api";
import { useBulk, type Action, type Given } from "./useBulk";

type Asked = "edit" | "assign" | "tag" | "untag" | null;

/** What is done with the chosen rows of a list: which dialog is open, and the action; once it has begun nothing is chosen. */
export function useActions(kind: ListKind, list: ListControl, choice: Choice) {
  const { t } = useTranslation(["customers", "shared"]);
  const { modal } = App.useApp();
  const [asked, ask] = useState<Asked>(null);
  const start = useBulk(kind, list);
  const { count } = choice;
  const what = t(`bulk.what.${kind}`, { count });
  const run = async (action: Action, given?: Given) => {
    const begun = await start(action, choice.selection, count, given);
    if (begun) {
      ask(null);
      choice.clear();
    }
    return begun;
  };
  const askDelete = () =>
    void modal.confirm({
      title: t("bulk.delete_title", { what }),
      content: t(`bulk.delete_why.${kind}`),
      okText: t("bulk.to_trash"),
      okButtonProps: { danger: true },
      cancelText: t("shared:action.cancel"),
      onOk: () => run("delete"),
    });
  return { asked, ask, what, run, askDelete };
}
