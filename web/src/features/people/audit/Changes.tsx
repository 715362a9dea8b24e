import type { AuditEntry } from "../api";
import styles from "../people.module.css";
import { changesOf } from "./changes";
import { listOf, useFieldNames } from "./useFieldNames";
import { useListSaid } from "./useListSaid";
import { useSpoken } from "./useSpoken";

/** What a line says was changed, field by field. */
export function Changes({ entry }: { entry: AuditEntry }) {
  const spoken = useSpoken();
  const fieldName = useFieldNames(entry);
  const listSaid = useListSaid(listOf(entry));
  const named = (field: string) => fieldName(field) ?? fieldName(`attributes.${field}`);
  const changes = changesOf(entry, {
    field: (field) => spoken.field(field, named(field)),
    value: (field, value) => (field === "customer_id" ? entry.customers[String(value)] : undefined) ?? (field === "fields" || field === "field" ? named(String(value)) : undefined) ?? listSaid(field, value) ?? spoken.value(field, value),
  });
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.field}>
          <span className={styles.field}>{spoken.field(change.field, named(change.field))}</span>{" "}
          {change.before !== null && (
            <>
              <span className={styles.before}>{change.before}</span> <span aria-hidden>→</span>{" "}
            </>
          )}
          {change.after}
        </li>
      ))}
    </ul>
  );
}
