/** Addresses of the audit log. */
import type { Condition } from "@/shared/filter/filter";
import { filterAddress } from "@/shared/filter/written";

/** The address that one with single searches of its own stands for today; null for all others. */
export function presentAddress(params: URLSearchParams): string | null {
  const conditions: Condition[] = [];
  const put = (name: string, condition: (text: string) => Condition) => {
    const text = params.get(name);
    if (text) conditions.push(condition(text));
  };
  put("actor", (id) => ({ field: "actor", op: "eq", value: Number(id) }));
  put("action", (action) => ({ field: "action", op: "in", value: [action] }));
  put("subject_type", (type) => ({ field: "subject_type", op: "in", value: [type] }));
  put("subject_id", (id) => ({ field: "subject_id", op: "eq", value: Number(id) }));
  put("from", (day) => ({ field: "at", op: "ge", value: day }));
  put("to", (day) => ({ field: "at", op: "le", value: day }));
  const filter = filterAddress({ mode: "all", conditions });
  const q = params.get("q");
  return filter && `/people/audit?filter=${filter}${q ? `&q=${encodeURIComponent(q)}` : ""}`;
}
