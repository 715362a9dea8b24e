import { Button, Popover } from "antd";
import { Link } from "react-router";
import type { AuditEntry } from "../api";
import styles from "../people.module.css";

const PLACES: Record<string, (id: number) => string> = {
  customer: (id) => `/customers/${id}`,
  customers: (id) => `/customers/${id}`,
  contact: (id) => `/contacts?contact=${id}`,
  contacts: (id) => `/contacts?contact=${id}`,
  import: (id) => `/imports/${id}`,
};

/** The page of the one record that a line is about, where there is one. */
export const placeOf = (entry: AuditEntry): string | undefined => (entry.subject_id === null ? undefined : PLACES[entry.subject_type]?.(entry.subject_id));

/** What a line is about: one record, by name where the reader may know it, or the records a list showed. */
export function Subject({ entry, word }: { entry: AuditEntry; word: string }) {
  if (entry.subject_id !== null) {
    return (
      <>
        {word} <Record type={entry.subject_type} id={entry.subject_id} name={entry.subject_name} />
      </>
    );
  }
  if (entry.seen.length === 0) return <>{word}</>;
  const list = (
    <ul className={styles.seen}>
      {entry.seen.map((one) => (
        <li key={one.id}>
          <Record type={entry.subject_type} id={one.id} name={one.name} />
        </li>
      ))}
    </ul>
  );
  return (
    <Popover trigger="click" placement="bottomLeft" content={list} destroyOnHidden>
      <Button type="link" size="small" className={styles.listed}>{`${word} (${entry.seen.length})`}</Button>
    </Popover>
  );
}

function Record({ type, id, name }: { type: string; id: number; name: string | null }) {
  const place = PLACES[type];
  const text = name ?? `#${id}`;
  return place ? <Link to={place(id)} className={styles.inline}>{text}</Link> : <>{text}</>;
}
