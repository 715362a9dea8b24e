/** Filters as the API understands them, and their place in the address bar. */
import type { Field, FieldType } from "../api/types";

export const OPS = ["eq", "ne", "in", "lt", "le", "gt", "ge", "contains", "starts", "between", "is_null"] as const;
export type Op = (typeof OPS)[number];
export type Value = string | number | boolean | (string | number)[];

export interface Condition {
  field: string;
  op: Op;
  value: Value;
}

export type Filter = Condition | { all: Filter[] } | { any: Filter[] } | { not: Filter };

/** The filter of a list as people build it: conditions, of which all or any hold. */
export interface FlatFilter {
  mode: "all" | "any";
  conditions: Condition[];
}

export const NO_FILTER: FlatFilter = { mode: "all", conditions: [] };

const OPS_BY_TYPE: Record<FieldType, Op[]> = {
  text: ["contains", "starts", "eq", "ne", "is_null"],
  number: ["ge", "le", "gt", "lt", "between", "eq", "is_null"],
  money: ["ge", "le", "gt", "lt", "between", "eq", "is_null"],
  date: ["ge", "le", "between", "eq", "is_null"],
  datetime: ["ge", "le", "between", "is_null"],
  choice: ["in", "ne", "is_null"],
  yes_no: ["eq", "is_null"],
  reference: ["eq", "is_null"],
};

/** The operators offered for a field, the commonest first. */
export function opsFor(field: Field): Op[] {
  return OPS_BY_TYPE[field.type] ?? ["eq"];
}

function isCondition(part: unknown): part is Condition {
  if (typeof part !== "object" || part === null) return false;
  const { field, op } = part as Partial<Condition>;
  return typeof field === "string" && OPS.includes(op as Op);
}

/** The filter in the address, or none when it is absent, unreadable or nested deeper than the bar can show. */
export function readFilter(text: string | null): FlatFilter {
  if (!text) return NO_FILTER;
  try {
    const parsed = JSON.parse(text) as unknown;
    if (isCondition(parsed)) return { mode: "all", conditions: [parsed] };
    for (const mode of ["all", "any"] as const) {
      const parts = (parsed as Record<string, unknown> | null)?.[mode];
      if (Array.isArray(parts) && parts.every(isCondition)) return { mode, conditions: parts };
    }
  } catch {
    // An address somebody broke by hand shows everything rather than an error.
  }
  return NO_FILTER;
}

/** The filter as JSON, or null when it says nothing. */
export function writeFilter(filter: FlatFilter): string | null {
  return filter.conditions.length === 0 ? null : JSON.stringify({ [filter.mode]: filter.conditions });
}

/** The filter with the conditions on one field replaced; without a value they go. */
export function withCondition(filter: FlatFilter, field: string, op: Op, value: Value | null): FlatFilter {
  const others = filter.conditions.filter((condition) => condition.field !== field);
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return { ...filter, conditions: empty ? others : [...others, { field, op, value }] };
}
