import type { Field } from "@/shared/api/types";
import type { Op, Value } from "@/shared/filter/filter";

/** The condition that keeps the customers of one group. */
export function conditionOf(field: Pick<Field, "type" | "code">, value: string | number | boolean | null): { op: Op; value: Value } {
  if (value === null || value === "") return { op: "is_null", value: true };
  if (field.type === "choices" || field.code === "tags") return { op: "has_any", value: [value as string] };
  if (field.type === "choice") return { op: "in", value: [value as string] };
  return { op: "eq", value };
}
