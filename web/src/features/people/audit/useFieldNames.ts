import { useFields } from "@/shared/api/fields";
import { useLabel } from "@/shared/i18n/i18n";
import type { AuditEntry } from "../api";

/** The kind of record that a line of reads is about: a single record is called by the singular. */
export function kindOf(entry: AuditEntry): string {
  const word = entry.subject_type;
  if (entry.subject_id === null) return word;
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** The list whose filter, order or columns a line tells of, if it does. */
export function listOf(entry: AuditEntry): string | undefined {
  const { kind, records, filter } = entry.changes;
  if (entry.subject_type === "view") return typeof kind === "string" ? kind : undefined;
  if (entry.subject_type === "entry_rule") return "customers";
  if (typeof records === "string") return records;
  return filter ? kindOf(entry) : undefined;
}

/** Whether a line names fields as their owner declares them: a read does, and a change of what the company defined. */
const namesFields = (entry: AuditEntry) => entry.seen.length > 0 || listOf(entry) !== undefined || Object.keys(entry.changes).some((code) => code.startsWith("attributes"));

/** The words of the fields that a line names, as their owner declares them. */
export function useFieldNames(entry: AuditEntry): (code: string) => string | undefined {
  const label = useLabel();
  const kind = listOf(entry) ?? kindOf(entry);
  const declared = useFields(kind, namesFields(entry)).data;
  return (code) => {
    const found = declared?.find((field) => field.code === code);
    return found && label(found.label);
  };
}
