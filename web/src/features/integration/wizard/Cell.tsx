import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText } from "@/shared/table/fieldColumns";
import type { PreviewRow } from "../api";
import styles from "../integration.module.css";
import { useReason } from "../reasons";

/** One value as it was understood; one that was not is marked, as it stands in the file, with the reason beneath. */
export function Cell({ field, row }: { field: Field; row: PreviewRow }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const reason = useReason();
  const errors = row.errors.filter((error) => error.field === field.code);
  if (errors.length === 0) return <>{fieldText(field, row.values[field.code], format, label, { yes: t("yes"), no: t("no") })}</>;
  const raw = errors[0]?.value ?? row.values[field.code];
  return (
    <>
      {raw !== null && raw !== undefined && raw !== "" && <span className={styles.bad}>{String(raw)}</span>}
      {errors.map((error) => (
        <span key={error.code} className={styles.reason}>
          {reason(error)}
        </span>
      ))}
    </>
  );
}
