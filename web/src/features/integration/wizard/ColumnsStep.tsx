import { Alert, Button, Select, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { TableSkeleton } from "@/shared/ui/states";
import { useFields, usePreview, type Column } from "../api";
import styles from "../integration.module.css";
import { DateOrder } from "./DateOrder";
import { requestOf } from "./draft";
import { Feet } from "./Feet";
import { assign, complete } from "./mapping";
import { Matching } from "./Matching";
import { PreviewFailed } from "./PreviewFailed";
import type { StepProps } from "./step";
import { SaveTemplate } from "./Templates";
import { Words } from "./Words";

/** Each column of the file beside its samples and the field it becomes; the suggestion is corrected by hand. */
export function ColumnsStep({ draft, change, back, next }: StepProps) {
  const { t } = useTranslation(["integration", "shared"]);
  const label = useLabel();
  const fields = useFields(draft.kind);
  const preview = usePreview(requestOf(draft), true);
  const error = fields.error ?? preview.error;
  if (error && (!preview.data || preview.isPlaceholderData)) return <PreviewFailed error={error} retry={() => void preview.refetch()} draft={draft} change={change} back={back} />;
  if (!fields.data || !preview.data) return <TableSkeleton />;

  const { columns, ambiguous_dates: ambiguous } = preview.data;
  const mapping = complete(columns.map((column) => column.name), draft.mapping ?? preview.data.mapping);
  const importable = fields.data.filter((field) => field.importable);
  const nameOf = (code: string) => label(importable.find((field) => field.code === code)?.label) || code;
  const lacking = preview.data.missing_required;
  const undecided = ambiguous.length > 0 && draft.date_format === null;
  const listed = (codes: string[]) => codes.map(nameOf).join(t("shared:filter.join"));
  const why = lacking.length > 0 ? t("columns.missing", { fields: listed(lacking) }) : undecided && t("dates.ambiguous", { fields: listed(ambiguous) });
  const options = importable.map((field) => ({ value: field.code, label: label(field.label), required: field.required }));
  return (
    <>
      <Matching draft={draft} change={change} preview={preview.data} />
      {lacking.length > 0 && <Alert type="warning" showIcon title={t("columns.missing", { fields: listed(lacking) })} style={{ marginBottom: 12 }} />}
      {(undecided || draft.date_format) && (
        <>
          {undecided && <Alert type="warning" showIcon title={t("dates.ambiguous", { fields: listed(ambiguous) })} style={{ marginBottom: 12 }} />}
          <DateOrder draft={draft} change={change} />
        </>
      )}
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
      <Words preview={preview.data} fields={fields.data} change={(words) => change({ words })} />
      <Feet back={back} why={why}>
        <SaveTemplate draft={draft} preview={preview.data} />
        {draft.mapping && <Button onClick={() => change({ mapping: null })}>{t("columns.suggest")}</Button>}
        <Button type="primary" disabled={Boolean(why)} loading={preview.isFetching} onClick={next}>
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
