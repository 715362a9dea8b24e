import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { get, post } from "@/shared/api/request";
import { useRefreshMerged, type Group, type Proposal } from "../api";
import { comparisonOf } from "./GroupPanel";

/** Merges a group with the values proposed, once somebody said yes; what cannot be merged so is put side by side. */
export function useMergeAsProposed(): (group: Group) => Promise<void> {
  const { t } = useTranslation("quality");
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefreshMerged();
  return async (group) => {
    const ids = group.customers.map((one) => one.id);
    const aside = () => void navigate(comparisonOf(group));
    const proposal = await get<Proposal>("/customers/merge-preview", { ids: ids.join(",") }).catch(() => null);
    const survivor = proposal?.records.find((one) => one.id === proposal.survivor_id);
    if (!proposal || !survivor) return aside();
    const sure = await modal.confirm({
      title: t("merging.title", { count: ids.length, name: survivor.name }),
      content: t("merging.why"),
      okText: t("action.merge"),
      cancelText: t("merging.back"),
      focusable: { autoFocusButton: "ok" },
    });
    if (!sure) return undefined;
    const versions = Object.fromEntries(proposal.records.map((one) => [one.id, one.version]));
    try {
      const merge = await post<{ id: number }>("/customers/merge", { survivor_id: survivor.id, ids, versions });
      void message.success(<>{t("merging.done", { name: survivor.name })} <Button type="link" size="small" onClick={() => void navigate(`/customers/merges/${merge.id}`)}>{t("merging.open")}</Button></>);
      refresh();
    } catch {
      // The comparison says what stands against it, and takes what is missing.
      aside();
    }
    return undefined;
  };
}
