import { Alert, Button, Select, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { TableSkeleton } from "@/shared/ui/states";
import { useFields, usePreview, type Column } from "../api";
import styles from "../integration.module.css";
import { requestOf } from "./draft";
import { Feet } from "./Feet";
import { assign, complete } from "./mapping";
import { PreviewFailed } from "./PreviewFailed";
import type { StepProps } from "./WizardPage";

/** Each column of the file beside its samples and the field it becomes; the suggestion is corrected by hand. */
export function ColumnsStep({ draft, change, back, next }: StepProps) {
  const { t } = useTranslation(["integration", "shared"]);
  const label = useLabel();
  const fields = useFields(draft.kind);
  const preview = usePreview(requestOf(draft), true);
  const error = fields.error ?? preview.error;
  if (error && (!preview.data || preview.isPlaceholderData)) return <PreviewFailed error={error} retry={() => void preview.refetch()} draft={draft} change={change} back={back} />;
  if (!fields.data || !preview.data) return <TableSkeleton />;

  const columns = columnsOf(preview.data.columns ?? draft.upload.columns, preview.data.mapping, preview.data.unmapped_columns);
  const mapping = complete(columns.map((column) => column.name), draft.mapping ?? preview.data.mapping);
  const importable = fields.data.filter((field) => field.importable);
  const nameOf = (code: string) => label(importable.find((field) => field.code === code)?.label) || code;
  const lacking = preview.data.missing_required;
  const options = importable.map((field) => ({ value: field.code, label: label(field.label), required: field.required }));
  return (
    <>
      {lacking.length > 0 && <Alert type="warning" showIcon title={t("columns.missing", { fields: lacking.map(nameOf).join(t("shared:filter.join")) })} style={{ marginBottom: 12 }} />}
      <div className={styles.table}>
        <Table<Column>
          size="middle"
          rowKey="name"
          dataSource={columns}
          pagination={false}
          columns={[
            { key: "name", title: t("columns.column"), render: (_, column) => <span className={styles.file}>{column.name || t("columns.nameless")}</span> },
            {
              key: "field", title: t("columns.field"), width: "34%",
              render: (_, column) => (
                <Select
                  allowClear
                  style={{ width: "100%" }}
                  showSearch={{ optionFilterProp: "label" }}
                  aria-label={t("columns.field_of", { column: column.name })}
                  placeholder={t("columns.unused")}
                  value={mapping[column.name] ?? undefined}
                  onChange={(field?: string) => change({ mapping: assign(mapping, column.name, field ?? null) })}
                  options={options}
                  optionRender={(option) => (
                    <>
                      {option.label} {option.data.required && <Tag>{t("columns.required")}</Tag>}
                    </>
                  )}
                />
              ),
            },
            { key: "samples", title: t("columns.samples"), responsive: ["sm"], render: (_, column) => <Samples column={column} /> },
          ]}
        />
      </div>
      <Feet back={back}>
        {draft.mapping && <Button onClick={() => change({ mapping: null })}>{t("columns.suggest")}</Button>}
        <Button type="primary" disabled={lacking.length > 0} loading={preview.isFetching} onClick={next}>
          {t("shared:action.next")}
        </Button>
      </Feet>
    </>
  );
}

function Samples({ column }: { column: Column }) {
  return (
    <span className={styles.samples}>
      {column.samples.slice(0, 3).map((sample, index) => (
        <span key={index} className={styles.sample} title={sample}>
          {sample}
        </span>
      ))}
    </span>
  );
}

/** The columns as the file is read now; with another delimiter than the detected one only their names are known. */
function columnsOf(known: Column[], mapping: Record<string, string | null>, unmapped: string[]): Column[] {
  const names = new Set([...Object.keys(mapping), ...unmapped]);
  const same = known.filter((column) => names.has(column.name));
  const others = [...names].filter((name) => !same.some((column) => column.name === name));
  return [...same, ...others.map((name) => ({ name, samples: [] }))];
}
