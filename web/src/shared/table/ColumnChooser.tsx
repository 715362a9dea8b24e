import { CloseOutlined, DownOutlined, SettingOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { FieldSelect } from "../filter/FieldSelect";
import { useLabel } from "../i18n/i18n";
import styles from "./ColumnChooser.module.css";
import { shifted, withCodes, type Column } from "./layout";

interface Props {
  fields: Field[];
  columns: Column[];
  onChange: (columns: Column[] | null) => void;
}

/** Which fields are columns, and in which order. */
export function ColumnChooser({ fields, columns, onChange }: Props) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const named = (code: string) => label(fields.find((field) => field.code === code)?.label) || code;
  const codes = columns.map((column) => column.code);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className={styles.chooser}>
          <FieldSelect fields={fields.filter((field) => !codes.includes(field.code))} value={null} placeholder={t("table.add_column")} onChange={(code) => onChange(withCodes(columns, [...codes, code]))} />
          <ol className={styles.columns}>
            {columns.map(({ code }, at) => (
              <li key={code}>
                <span>{named(code)}</span>
                <Button size="small" type="text" icon={<UpOutlined />} aria-label={t("table.column_up", { name: named(code) })} disabled={at <= 1} onClick={() => onChange(shifted(columns, code, -1))} />
                <Button size="small" type="text" icon={<DownOutlined />} aria-label={t("table.column_down", { name: named(code) })} disabled={at === 0 || at === columns.length - 1} onClick={() => onChange(shifted(columns, code, 1))} />
                <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t("table.column_hide", { name: named(code) })} disabled={code === "name"} onClick={() => onChange(withCodes(columns, codes.filter((one) => one !== code)))} />
              </li>
            ))}
          </ol>
          <Button type="link" size="small" onClick={() => onChange(null)}>
            {t("table.usual_columns")}
          </Button>
        </div>
      }
    >
      <Button icon={<SettingOutlined />}>{t("table.columns")}</Button>
    </Popover>
  );
}
