import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { useDetailText } from "@/shared/ui/states";
import { useOverCapacity } from "@/shared/ui/useOverCapacity";

/** What is sent with a change about which the person was asked. */
interface Accepted {
  accept_warnings: boolean;
  over_capacity: boolean;
}

/** Saves; asks whether to save all the same where rules of entry warn, or the owner may not hold as many. Going back is the refusal the form shows. */
export function useQuestions() {
  const askWarnings = useEntryWarnings();
  const askOver = useOverCapacity();
  return useCallback(
    <Saved,>(save: (accepted: Accepted) => Promise<Saved>): Promise<Saved> => {
      const asking = async (accepted: Accepted): Promise<Saved> => {
        try {
          return await save(accepted);
        } catch (error) {
          if (await askWarnings(error)) return asking({ ...accepted, accept_warnings: true });
          if (await askOver(error)) return asking({ ...accepted, over_capacity: true });
          throw error;
        }
      };
      return asking({ accept_warnings: false, over_capacity: false });
    },
    [askWarnings, askOver],
  );
}

/** Asks whether to save although rules of entry warn. */
function useEntryWarnings() {
  const { t } = useTranslation("shared");
  const { modal } = App.useApp();
  const text = useDetailText();
  return useCallback(
    async (error: unknown): Promise<boolean> => {
      if (!(error instanceof ApiError) || error.code !== "entry_warnings") return false;
      return modal.confirm({
        title: t("warnings.title"),
        content: <><p>{t("warnings.why")}</p><ul>{error.details.map((detail) => <li key={text(detail)}>{text(detail)}</li>)}</ul></>,
        okText: t("warnings.save"),
        cancelText: t("warnings.back"),
      });
    },
    [modal, t, text],
  );
}
