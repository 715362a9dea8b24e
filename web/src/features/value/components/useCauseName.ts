import { useTranslation } from "react-i18next";

/** What moved a score, in words. */
export function useCauseName(): (cause: string) => string {
  const { t } = useTranslation("value");
  return (cause) => t(`cause.${cause}`, { defaultValue: cause });
}
