/** Which declared fields of a list are its columns, as long as nobody chose others, and afterwards. */
import type { Field } from "../api/types";
import type { Column } from "./layout";

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

/** The number of a record, by which a file finds it when it comes back. */
export const RECORD = "record";

/** The codes an export carries: what is shown, as far as it may leave, behind the record's number where there is one. */
export function exportedCodes(fields: Field[], shown: Field[]): string[] {
  const codes = shown.filter((field) => field.exportable).map((field) => field.code);
  return fields.some((field) => field.code === RECORD) && !codes.includes(RECORD) ? [RECORD, ...codes] : codes;
}
