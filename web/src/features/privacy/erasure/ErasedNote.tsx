import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";

/** Says of a customer that nothing personal is known of it any more. */
export function ErasedNote({ at }: { at: string | null | undefined }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  if (!at) return null;
  return <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t("erasure.erased_on", { date: format.date(at) })} description={t("erasure.erased_why")} />;
}
