import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import styles from "./integration.module.css";

interface Props {
  /** What the column fills; unknown while the fields are loaded. */
  field: Field | undefined;
  raw: string;
  value: string;
  name: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
}

/** Where a faulty cell is corrected: of a field that has choices one of them is chosen, anything else is typed. */
export function FixInput({ field, raw, value, name, onChange, onEnter }: Props) {
  const options = useOptions(field);
  const status = value === raw ? "error" : undefined;
  if (!options) return <Input size="small" className={styles.fixInput} status={status} value={value} aria-label={name} onChange={(event) => onChange(event.target.value)} onPressEnter={onEnter} />;
  return <Select size="small" className={styles.fixInput} status={status} showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={false} value={value || undefined} aria-label={name} onChange={onChange} options={options} />;
}

/** The words a file may say here, as it says them; of a field without choices none. */
function useOptions(field: Field | undefined) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  if (field?.type === "yes_no") return [t("yes"), t("no")].map((word) => ({ value: word, label: word }));
  if (field?.type !== "choice" || !field.choices?.length) return null;
  return field.choices.map((choice) => ({ value: label(choice.label), label: label(choice.label) }));
}
