/** A list in groups: what opens one of them, and the list narrowed to it. */
import type { Bilingual, Field } from "../api/types";
import { type Condition, type Group as Filter } from "../filter/filter";
import { writeFilter } from "../filter/written";
import type { ListControl } from "./useListState";

/** The rows that have a value in common. */
export interface Group {
  value: string | number | boolean | null;
  label: Bilingual | null;
  count: number;
}

/** A group as the address names it; the one of the rows without a value has no name. */
export const keyOf = (group: Group): string => (group.value === null ? "" : String(group.value));

/** The condition that keeps the rows of one group. */
export function conditionOf(field: Pick<Field, "type" | "code">, value: Group["value"]): Condition {
  if (value === null) return { field: field.code, op: "is_null", value: true };
  if (field.type === "choices" || field.code === "tags") return { field: field.code, op: "has_any", value: [value as string] };
  if (field.type === "choice") return { field: field.code, op: "in", value: [value as string] };
  return { field: field.code, op: "eq", value };
}

/** The list of the rows of one group; what is set in it is set of the whole list. */
export function inGroup(list: ListControl, condition: Condition): ListControl {
  const narrowed: Filter = { mode: "all", conditions: [...(list.filter.conditions.length > 0 ? [list.filter] : []), condition] };
  const filter = writeFilter(narrowed);
  return { ...list, filter: narrowed, scope: { ...list.scope, filter }, query: { ...list.query, filter } };
}
