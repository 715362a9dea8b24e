import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import type { MergePreview, TableCount } from "./api";
import styles from "./merge.module.css";

/** What belongs to the other records and follows to the one that stays. */
export function MovingRows({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation("customers");
  const stays = preview.records.findIndex((one) => one.id === preview.survivor_id);
  const rows = preview.references.map((one) => ({ ...one, rows: one.total - (one.counts[stays] ?? 0) })).filter((one) => one.rows > 0);
  return rows.length === 0 ? <p className={styles.muted}>{t("merge.moves_nothing")}</p> : <Counts rows={rows} />;
}

/** Kinds of records and how many of each. */
export function Counts({ rows }: { rows: TableCount[] }) {
  const label = useLabel();
  const format = useFormat();
  return (
    <ul className={styles.counts}>
      {rows.map((one) => (
        <li key={one.kind}>
          {label(one.label)} <strong>{format.number(one.rows)}</strong>
        </li>
      ))}
    </ul>
  );
}
