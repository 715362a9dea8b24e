/** A search of the log as the filter that a saved view keeps, and back. */
import type { Content } from "@/shared/views/content";
import type { AuditSearch } from "./search";

const NONE: AuditSearch = { q: null, actor: null, action: null, subject_type: null, subject_id: null, from: null, to: null };
const EXACT = ["actor", "action", "subject_type", "subject_id"] as const;
const NUMBERS: readonly string[] = ["actor", "subject_id"];

interface Condition {
  field: string;
  op: string;
  value: string | number;
}

export function contentOf(search: AuditSearch): Content {
  const all: Condition[] = EXACT.flatMap((field) => {
    const value = search[field];
    return value ? [{ field, op: "eq", value: NUMBERS.includes(field) ? Number(value) : value }] : [];
  });
  if (search.from) all.push({ field: "at", op: "ge", value: search.from });
  if (search.to) all.push({ field: "at", op: "le", value: search.to });
  return { filter: all.length > 0 ? { all } : null, q: search.q, sort: null, columns: [], group_by: null };
}

/** The search of a view, or null when its filter says more than the page can ask. */
export function searchOf({ filter, q }: Content): AuditSearch | null {
  const search = { ...NONE, q };
  const conditions = (filter as { all?: Condition[] } | null)?.all ?? [];
  if (filter && (typeof filter !== "object" || Object.keys(filter).join() !== "all")) return null;
  for (const { field, op, value } of conditions) {
    const name = field === "at" ? ({ ge: "from", le: "to" } as const)[op] : op === "eq" ? EXACT.find((one) => one === field) : undefined;
    if (!name || search[name] !== null || typeof value === "object") return null;
    search[name] = String(value);
  }
  return search;
}
