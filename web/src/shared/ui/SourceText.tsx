import { useTranslation } from "react-i18next";
import { UNKNOWN } from "../format/format";

/** Where a record came from; what somebody entered here is called so, and not by its code. */
export function SourceText({ source }: { source: string | null | undefined }) {
  const { t } = useTranslation("shared");
  if (!source) return UNKNOWN;
  return source === "manual" ? t("by_hand") : source;
}
