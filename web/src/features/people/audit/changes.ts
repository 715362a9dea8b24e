/** The changes of an audit line as lines to read. */
import type { AuditEntry } from "../api";

export interface Change {
  field: string;
  before: string | null;
  after: string;
}

const NOTHING = "–";

/** How the page calls a field, and how it says a single value of one, where it has words for it. */
interface Say {
  field: (field: string) => string;
  value: (field: string, value: unknown) => string | undefined;
}

const AS_STORED: Say = { field: (field) => field, value: () => undefined };

function words(value: unknown, field: string, say: Say): string {
  if (isNothing(value)) return NOTHING;
  if (Array.isArray(value)) return value.map((one) => words(one, field, say)).join(", ");
  const said = say.value(field, value);
  if (said !== undefined) return said;
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).filter(([, inner]) => !isNothing(inner)).map(([name, inner]) => `${say.field(name)}: ${words(inner, name, say)}`).join(", ");
  }
  return String(value);
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === "";
}

/** A change is the new value, or `[before, after]` in a line that tells of an update; what nobody filled in is left out of others. */
export function changesOf(entry: Pick<AuditEntry, "action" | "changes"> & { subject_type?: string }, say: Say = AS_STORED): Change[] {
  // The version only counts the changes.
  const counted = Object.entries(entry.changes).filter(([field]) => field !== "version" || entry.subject_type !== "customer");
  const told = entry.action === "update" ? counted : counted.filter(([, value]) => !isNothing(value));
  return told.map(([field, value]) => {
    const pair = entry.action === "update" && Array.isArray(value) && value.length === 2;
    const text = (one: unknown) => words(one, field, say);
    return pair ? { field, before: text(value[0]), after: text(value[1]) } : { field, before: null, after: text(value) };
  });
}
