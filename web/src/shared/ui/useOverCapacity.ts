import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useDetailText } from "./states";

/** Asks who assigns customers whether somebody gets more than one person may hold. Null: the error is another, or not theirs to decide. */
export function useOverCapacity() {
  const { t } = useTranslation("shared");
  const { modal } = App.useApp();
  const text = useDetailText();
  const mayAssign = useCan(CAN.assign);
  return useCallback(
    async (error: unknown): Promise<boolean | null> => {
      if (!(error instanceof ApiError) || error.code !== "receiver_full" || !mayAssign) return null;
      return modal.confirm({
        title: t("capacity.title"),
        content: error.details.map(text).join(" "),
        okText: t("capacity.anyway"),
        cancelText: t("action.cancel"),
      });
    },
    [modal, t, text, mayAssign],
  );
}
