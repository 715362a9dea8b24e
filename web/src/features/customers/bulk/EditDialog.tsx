import { DeleteOutlined } from "@ant-design/icons";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { FieldSelect } from "@/shared/filter/FieldSelect";
import { useLabel } from "@/shared/i18n/i18n";
import { FieldInput } from "../edit/FieldInput";
import { enteredOf } from "../edit/inline";
import styles from "./bulk.module.css";

interface Props {
  /** Those that can be given to many at once. */
  fields: Field[];
  /** "6 customers". */
  what: string;
  onRun: (changes: Record<string, unknown>) => Promise<boolean>;
  onClose: () => void;
}

interface Row {
  code: string;
  value: unknown;
}

/** The same values for some fields of many records. */
export function EditDialog({ fields, what, onRun, onClose }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  const [rows, setRows] = useState<Row[]>([]);
  const [busy, setBusy] = useState(false);
  const left = fields.filter((field) => !rows.some((row) => row.code === field.code));
  const put = (code: string, value: unknown) => setRows(rows.map((row) => (row.code === code ? { ...row, value } : row)));
  const emptied = rows.filter((row) => isEmpty(row.value)).length;
  const run = async () => {
    setBusy(true);
    const changes = Object.fromEntries(rows.map(({ code, value }) => [code, enteredOf(fields.find((field) => field.code === code) as Field, value)]));
    if (!(await onRun(changes))) setBusy(false);
  };
  return (
    <Modal
      open
      width={600}
      title={t("bulk.edit_title", { what })}
      onCancel={onClose}
      onOk={() => void run()}
      okText={t("bulk.change", { what })}
      cancelText={t("shared:action.cancel")}
      okButtonProps={{ disabled: rows.length === 0, loading: busy }}
      mask={{ closable: false }}
    >
      <div className={styles.rows}>
        {rows.map(({ code, value }) => {
          const field = fields.find((one) => one.code === code);
          return field ? (
            <div key={code} className={styles.row} role="group" aria-label={label(field.label)}>
              <span>{label(field.label)}</span>
              <FieldInput field={field} value={value} onChange={(next) => put(code, next)} />
              <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("bulk.leave_field", { field: label(field.label) })} onClick={() => setRows(rows.filter((row) => row.code !== code))} />
            </div>
          ) : null;
        })}
        {left.length > 0 ? (
          <FieldSelect autoFocus fields={left} value={null} placeholder={t("bulk.choose_field")} onChange={(code) => setRows([...rows, { code, value: undefined }])} />
        ) : (
          rows.length === 0 && <Select disabled placeholder={t("bulk.no_fields")} />
        )}
      </div>
      <p className={styles.hint}>{emptied > 0 ? t("bulk.emptied", { count: emptied }) : t("bulk.undo_hint")}</p>
    </Modal>
  );
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
