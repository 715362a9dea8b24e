import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { NumberText } from "@/shared/ui/values";
import { isActive, useFields, type Import } from "../api";
import styles from "../integration.module.css";
import { useReason } from "../reasons";
import { Doubles } from "./Doubles";

const COUNTS = ["read", "created", "updated", "unchanged", "bad"] as const;

/** What became of the rows, and why some were not taken. */
export function ImportResult({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  return (
    <>
      <dl className={styles.counts}>
        {COUNTS.map((count) => (
          <div key={count} className={`${styles.count} ${count === "bad" && one.bad > 0 ? styles.countBad : ""}`}>
            <dt>{t(`count.${count}`)}</dt>
            <dd>
              <NumberText value={one[count]} />
            </dd>
          </div>
        ))}
      </dl>
      {one.superseded > 0 && <p className={styles.hint}>{t("import.superseded", { count: one.superseded })}</p>}
      {one.skipped > 0 && <p className={styles.hint}>{t(one.mode === "create" ? "import.skipped_known" : "import.skipped_new", { count: one.skipped })}</p>}
      {one.kind === "customers" && one.created > 0 && !one.dry_run && !isActive(one.state) && (one.undo?.state ?? "done") === "done" && <Doubles one={one} />}
      {one.reasons.length > 0 && <Reasons one={one} />}
    </>
  );
}

function Reasons({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  const label = useLabel();
  const reason = useReason();
  const fields = useFields(one.kind);
  const nameOf = (code: string | null) => (code ? label(fields.data?.find((field) => field.code === code)?.label) || code : t("import.whole_row"));
  return (
    <div className={styles.table}>
      <Table
        size="small"
        rowKey={(row) => `${row.code}-${row.field ?? ""}`}
        dataSource={one.reasons}
        pagination={false}
        columns={[
          { key: "reason", title: t("import.reason"), render: (_, row) => reason(row) },
          { key: "field", title: t("columns.field"), render: (_, row) => nameOf(row.field) },
          { key: "count", title: t("import.rows_title"), align: "right", render: (_, row) => <NumberText value={row.count} /> },
        ]}
      />
    </div>
  );
}
