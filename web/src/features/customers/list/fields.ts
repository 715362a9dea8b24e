/** The declared fields of customers as the list shows, filters and exports them. */
import type { Field, Named } from "@/shared/api/types";
import type { Column } from "@/shared/table/layout";

interface Person extends Named {
  username?: string;
}

/** Owner, team and department are chosen by name: their fields get the colleagues and departments as choices. */
export function withPeople(fields: Field[], owners: Person[] | undefined, departments: Named[] | undefined): Field[] {
  const named = (all: Person[]) => all.map((one) => ({ value: one.id as unknown as string, label: one.name || one.username || String(one.id) }));
  return fields.map((field) => {
    if (["owner", "team"].includes(field.code) && owners) return { ...field, choices: named(owners) };
    if (field.code === "department" && departments) return { ...field, choices: named(departments) };
    return field;
  });
}

/** Where the columns chosen in this browser are kept. */
export const LAYOUT = "jinzita.customers.layout";

/** The columns without anybody's choice: the listed fields, the name first. */
export function usualColumns(fields: Field[]): Column[] {
  const listed = fields.filter((field) => field.listed || field.code === "name");
  return [...listed.filter((field) => field.code === "name"), ...listed.filter((field) => field.code !== "name")].map((field) => ({ code: field.code, width: null }));
}

/** The columns as far as their fields still exist, the name first; a choice none of whose fields is left means the usual ones. */
export function knownColumns(fields: Field[], chosen: Column[] | null): Column[] {
  const codes = new Set(fields.map((field) => field.code));
  const known = (chosen ?? []).filter((column) => codes.has(column.code));
  if (known.length === 0) return usualColumns(fields);
  const name = known.find((column) => column.code === "name") ?? { code: "name", width: null };
  return [...(codes.has("name") ? [name] : []), ...known.filter((column) => column.code !== "name")];
}

/** The fields of the columns, in their order. */
export function shownFields(fields: Field[], columns: Column[]): Field[] {
  return columns.flatMap(({ code }) => fields.filter((field) => field.code === code).map((field) => ({ ...field, listed: true })));
}

/** The fields whose values can be counted. */
export const groupable = (fields: Field[]): Field[] =>
  fields.filter((field) => field.filterable && (["choice", "choices", "yes_no", "reference"].includes(field.type) || field.code === "tags" || field.code === "source"));

/** The codes an export carries: what is shown, as far as it may leave. */
export const exportedCodes = (shown: Field[]) => shown.filter((field) => field.exportable).map((field) => field.code);
