/** Days that move along with the calendar, offered beside the operators of a date. */
import type { Condition, Op, Period, Value } from "./filter";

export const RELATIVE = ["last", "before", "period"] as const;
export type Relative = (typeof RELATIVE)[number];

export type RelativeMeaning = { kind: "last" | "before"; days: number } | { kind: "period"; period: Period };

/** What a condition with a moving day means, or null for any other. */
export function relativeOf({ op, value }: Pick<Condition, "op" | "value">): RelativeMeaning | null {
  if (typeof value !== "object" || Array.isArray(value)) return null;
  if ("period" in value) return { kind: "period", period: value.period };
  return { kind: op === "lt" || op === "le" ? "before" : "last", days: value.days_ago };
}

/** The operator and the first value of a moving day. */
export function conditionFor(kind: Relative): { op: Op; value: Value } {
  if (kind === "period") return { op: "eq", value: { period: "this_month" } };
  return { op: kind === "last" ? "ge" : "lt", value: { days_ago: 30 } };
}
