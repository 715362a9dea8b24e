import { Alert, Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { useFields, usePreview, useStartImport, type Import, type PreviewRow } from "../api";
import styles from "../integration.module.css";
import { useReason } from "../reasons";
import { Cell } from "./Cell";
import { DateOrder } from "./DateOrder";
import { merged } from "./correcting";
import { NO_CORRECTIONS, requestOf } from "./draft";
import { Feet } from "./Feet";
import { complete, mappedFields } from "./mapping";
import { PreviewFailed } from "./PreviewFailed";
import type { StepProps } from "./step";

/** The first rows as they would be read, errors marked in their cells; then a dry run or the real one. */
export function CheckStep({ draft, change, back, started }: StepProps & { started: (made: Import) => void }) {
  const { t } = useTranslation(["integration", "shared"]);
  const label = useLabel();
  const reason = useReason();
  const failed = useFailed();
  const fields = useFields(draft.kind);
  const given = requestOf(draft);
  const preview = usePreview(given, true);
  const start = useStartImport();
  const run = (dry_run: boolean) => {
    const mapping = given.mapping ?? preview.data?.mapping ?? null;
    // eslint-disable-next-line house/no-callbacks-of-mutate -- who left the page meanwhile is not taken from where they are
    start.mutate({ ...given, mapping, dry_run }, { onSuccess: started, onError: failed });
  };
  if (preview.error && (!preview.data || preview.isPlaceholderData)) return <PreviewFailed error={preview.error} retry={() => void preview.refetch()} draft={draft} change={change} back={back} />;
  if (!fields.data || !preview.data) return <TableSkeleton rows={12} />;

  const { rows, ok, bad, mapping } = preview.data;
  const order = preview.data.columns.map((column) => column.name);
  const shown = mappedFields(order, complete(order, draft.mapping ?? mapping), fields.data);
  const hasDates = shown.some(({ field }) => field.type === "date" || field.type === "datetime");
  const corrections = draft.corrections.cells.length + draft.corrections.replace.length;
  const ambiguous = preview.data.ambiguous_dates;
  const undecided = ambiguous.length > 0 && draft.date_format === null;
  const nameOf = (code: string) => label(fields.data.find((field) => field.code === code)?.label) || code;
  return (
    <>
      <Alert type={bad > 0 ? "warning" : "success"} showIcon title={bad > 0 ? t("check.bad", { rows: ok + bad, ok, bad }) : t("check.good", { count: ok })} description={bad > 0 ? t("check.bad_why") : undefined} style={{ marginBottom: 12 }} />
      {corrections > 0 && (
        <p className={styles.hint}>
          {t("check.corrected", { count: corrections })}{" "}
          <Button size="small" type="link" onClick={() => change({ corrections: NO_CORRECTIONS })}>{t("check.uncorrect")}</Button>
        </p>
      )}
      {hasDates && <DateOrder draft={draft} change={change} />}
      <div className={styles.table}>
        <Table<PreviewRow>
          size="small"
          rowKey="number"
          dataSource={rows}
          loading={preview.isPlaceholderData}
          pagination={false}
          scroll={{ x: "max-content", y: 420 }}
          rowClassName={(row) => (row.errors.length > 0 ? (styles.badRow ?? "") : "")}
          columns={[
            { key: "number", title: t("check.row"), width: 72, fixed: "left", render: (_, row) => <span className={styles.raw}>{row.number}</span> },
            ...shown.map(({ column, field }) => ({
              key: field.code,
              align: field.type === "money" || field.type === "number" ? ("right" as const) : undefined,
              title: (
                <>
                  {label(field.label)} <span className={styles.raw}>{column}</span>
                </>
              ),
              render: (_: unknown, row: PreviewRow) => <Cell field={field} row={row} column={column} correct={(next) => change({ corrections: merged(draft.corrections, next) })} />,
            })),
            {
              key: "row_errors", title: t("check.problem"),
              render: (_, row) => row.errors.filter((error) => !shown.some(({ field }) => field.code === error.field)).map((error) => <span key={error.code} className={styles.reason}>{reason(error)}</span>),
            },
          ]}
        />
      </div>
      <Feet back={back} why={undecided && t("dates.ambiguous", { fields: ambiguous.map(nameOf).join(t("shared:filter.join")) })}>
        <Button onClick={() => run(true)} loading={start.isPending && start.variables.dry_run} disabled={start.isPending || undecided}>
          {t("check.dry_run")}
        </Button>
        <Button type="primary" onClick={() => run(false)} loading={start.isPending && !start.variables.dry_run} disabled={start.isPending || undecided}>
          {t("check.run")}
        </Button>
      </Feet>
    </>
  );
}
