import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import type { AuditEntry } from "../api";

const HOUR = 60 * 60_000;

/** The kind of record that a line of reads is about: a single record is called by the singular. */
export function kindOf(entry: AuditEntry): string {
  const word = entry.subject_type;
  if (entry.subject_id === null) return word;
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** Whether a line names fields as their owner declares them: a read does, and a change of what the company defined. */
const namesFields = (entry: AuditEntry) => entry.seen.length > 0 || Object.keys(entry.changes).some((code) => code.startsWith("attributes"));

/** The words of the fields that a line names, as their owner declares them. */
export function useFieldNames(entry: AuditEntry): (code: string) => string | undefined {
  const label = useLabel();
  const kind = kindOf(entry);
  const declared = useQuery({ queryKey: ["fields", kind], queryFn: () => get<Field[]>(`/fields/${kind}`), staleTime: HOUR, enabled: namesFields(entry) }).data;
  return (code) => {
    const found = declared?.find((field) => field.code === code);
    return found && label(found.label);
  };
}
