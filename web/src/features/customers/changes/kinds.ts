/** The kinds of change sets that have words of their own. */
export const KINDS = ["edit", "assign", "tag", "untag", "delete", "restore", "import", "fall_back", "hand_over", "undo"] as const;

/** "bulk_edit" is a kind of edit. */
export function kindOf(kind: string): string {
  if (kind === "pool_fall_back") return "fall_back";
  if (kind === "hand_over") return kind;
  const last = kind.split(/[._-]/).at(-1) ?? kind;
  return (KINDS as readonly string[]).includes(last) ? last : kind;
}

/** Those that are called the same there. */
const ALONE: string[] = ["import", "hand_over", "undo"];

/** The kind as the server calls it. */
export const serverKind = (kind: (typeof KINDS)[number]): string => (ALONE.includes(kind) ? kind : kind === "fall_back" ? "pool_fall_back" : `bulk_${kind}`);

/** What was given: the names of the fields, or the tags themselves. */
export function changedIn(words: Record<string, unknown>, label: (field: string) => string): string[] {
  const { changes } = words;
  if (typeof changes !== "object" || changes === null) return [];
  return Object.entries(changes).flatMap(([field, value]) => (field === "tags" && Array.isArray(value) ? value.map(String) : [label(field)]));
}
