import { App } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { useDetailText } from "@/shared/ui/states";
import { assignPooled } from "./api";

/** Gives customers of the pool to somebody; asks first where that is more than one person may hold. Null: thought better of. */
export function useAssign() {
  const { t } = useTranslation("assignment");
  const { modal } = App.useApp();
  const text = useDetailText();
  return async (ids: number[], owner: number) => {
    try {
      return await assignPooled(ids, owner, false);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "receiver_full") throw error;
      const sure = await modal.confirm({
        title: t("pool.full_title"),
        content: error.details.map(text).join(" "),
        okText: t("pool.assign_anyway"),
        cancelText: t("shared:action.cancel"),
      });
      return sure ? assignPooled(ids, owner, true) : null;
    }
  };
}
