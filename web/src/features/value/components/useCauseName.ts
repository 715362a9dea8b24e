import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** What moved a score, in words. */
export function useCauseName(): (cause: string) => string {
  const { t } = useTranslation("value");
  return useCallback((cause) => t(`cause.${cause}`, { defaultValue: cause }), [t]);
}
