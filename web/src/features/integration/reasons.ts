/** Why a row could not be taken, in words. */
import { useTranslation } from "react-i18next";

interface Reason {
  code: string;
  message?: string;
}

/** By its code; the server's sentence for one we have no words for. */
export function useReason(): (reason: Reason) => string {
  const { t } = useTranslation("integration");
  return ({ code, message }) => t(`reason.${code}`, { defaultValue: message || code });
}
