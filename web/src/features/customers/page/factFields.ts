/** Which declared fields of a fact the customer page shows. */
import type { Field } from "@/shared/api/types";
import type { FactKind } from "../api";

/** The day first, then what it is, then the figures; not the customer, whose page this is. */
export function factFields(fields: Field[], kind: FactKind): Field[] {
  const shown = fields.filter((field) => field.listed && field.code !== "customer");
  const rank = (field: Field) => {
    if (kind === "opportunities" && field.code === "name") return 0;
    if (field.type === "date" || field.type === "datetime") return 1;
    return field.type === "choice" ? 2 : 3;
  };
  return [...shown].sort((a, b) => rank(a) - rank(b));
}

/** The three a phone has room for: a day or name, a kind, and a figure or words. */
export function essential(fields: Field[]): Field[] {
  const first = fields[0];
  const choice = fields.find((field) => field.type === "choice");
  const figure = fields.find((field) => field.type === "money") ?? fields.find((field) => field.type === "text" && field !== first);
  return [first, choice, figure].filter((field): field is Field => field !== undefined);
}
