/** The changes of an audit line as lines to read. */
import type { AuditEntry } from "../api";

export interface Change {
  field: string;
  before: string | null;
  after: string;
}

const NOTHING = "–";

/** How the page says a single value of a field, where it has words for it. */
type Say = (field: string, value: unknown) => string | undefined;

function words(value: unknown, field: string, say: Say): string {
  if (value === null || value === undefined || value === "") return NOTHING;
  if (Array.isArray(value)) return value.length ? value.map((one) => words(one, field, say)).join(", ") : NOTHING;
  if (typeof value === "object") {
    return Object.entries(value).map(([name, inner]) => `${name}: ${words(inner, name, say)}`).join(", ") || NOTHING;
  }
  return say(field, value) ?? String(value);
}

/** A change is the new value, or `[before, after]` in a line that tells of an update. */
export function changesOf(entry: Pick<AuditEntry, "action" | "changes"> & { subject_type?: string }, say: Say = () => undefined): Change[] {
  // The version only counts the changes.
  const told = Object.entries(entry.changes).filter(([field]) => field !== "version" || entry.subject_type !== "customer");
  return told.map(([field, value]) => {
    const pair = entry.action === "update" && Array.isArray(value) && value.length === 2;
    const text = (one: unknown) => words(one, field, say);
    return pair ? { field, before: text(value[0]), after: text(value[1]) } : { field, before: null, after: text(value) };
  });
}
