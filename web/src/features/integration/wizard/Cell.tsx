import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText } from "@/shared/table/fieldColumns";
import type { PreviewRow } from "../api";
import { FixInput } from "../FixInput";
import styles from "../integration.module.css";
import { useReason } from "../reasons";
import type { Correction } from "./correcting";

interface Props {
  field: Field;
  row: PreviewRow;
  column: string;
  correct: (next: Correction) => void;
}

/** One value as it was understood; one that was not stands as in the file, with the reason, to be corrected here. */
export function Cell({ field, row, column, correct }: Props) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const errors = row.errors.filter((error) => error.field === field.code);
  if (errors.length === 0) return <>{fieldText(field, row.values[field.code], format, label, { yes: t("yes"), no: t("no") })}</>;
  const raw = errors[0]?.value ?? "";
  return <BadCell key={raw} field={field} raw={raw} errors={errors} row={row.number} column={column} correct={correct} />;
}

function BadCell({ field, raw, errors, row, column, correct }: { field: Field; raw: string; errors: PreviewRow["errors"]; row: number; column: string; correct: Props["correct"] }) {
  const { t } = useTranslation("integration");
  const reason = useReason();
  const [value, setValue] = useState(raw);
  const here = () => value !== raw && correct({ row, column, value });
  return (
    <>
      <FixInput field={field} raw={raw} value={value} name={t("fix.cell", { column, row })} onChange={setValue} onEnter={here} />
      {value === raw ? (
        errors.map((error) => (
          <span key={error.code} className={styles.reason}>
            {reason(error)}
          </span>
        ))
      ) : (
        <span className={styles.fixMore}>
          <Button size="small" type="link" onClick={here}>{t("check.here")}</Button>
          <Button size="small" type="link" onClick={() => correct({ column, value: raw, by: value })}>{raw ? t("fix.all_equal", { value: raw.slice(0, 20) }) : t("fix.all_empty")}</Button>
        </span>
      )}
    </>
  );
}
