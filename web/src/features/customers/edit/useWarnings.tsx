import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { useDetailText } from "@/shared/ui/states";

/** What is sent with a change whose warnings were looked at. */
interface Accepted {
  accept_warnings: boolean;
}

/** Saves; where rules of entry warn, asks whether to save all the same. Going back is the refusal the form shows. */
export function useWarnings() {
  const { t } = useTranslation("shared");
  const { modal } = App.useApp();
  const text = useDetailText();
  return useCallback(
    async <Saved,>(save: (accepted: Accepted) => Promise<Saved>): Promise<Saved> => {
      try {
        return await save({ accept_warnings: false });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "entry_warnings") throw error;
        const sure = await modal.confirm({
          title: t("warnings.title"),
          content: <><p>{t("warnings.why")}</p><ul>{error.details.map((detail) => <li key={text(detail)}>{text(detail)}</li>)}</ul></>,
          okText: t("warnings.save"),
          cancelText: t("warnings.back"),
        });
        if (!sure) throw error;
        return save({ accept_warnings: true });
      }
    },
    [modal, t, text],
  );
}
