/** Which column of the file becomes which field. */
import type { Field } from "@/shared/api/types";
import type { Mapping } from "../api";

/** The mapping with a column given to a field (or to none); a field is filled from one column, so another loses it. */
export function assign(mapping: Mapping, column: string, field: string | null): Mapping {
  const next: Mapping = { ...mapping };
  if (field !== null) {
    for (const [other, taken] of Object.entries(next)) if (taken === field) next[other] = null;
  }
  next[column] = field;
  return next;
}

/** Required fields that no column fills. */
export function missing(fields: Field[], mapping: Mapping): Field[] {
  const filled = new Set(Object.values(mapping));
  return fields.filter((field) => field.required && field.importable && !filled.has(field.code));
}

/** Every column of the file has an entry, those the mapping does not know with none. */
export function complete(columns: string[], mapping: Mapping): Mapping {
  return Object.fromEntries(columns.map((column) => [column, mapping[column] ?? null]));
}

/** Fields in the order of the file's columns: the header of the preview. */
export function mappedFields(columns: string[], mapping: Mapping, fields: Field[]): { column: string; field: Field }[] {
  return columns.flatMap((column) => {
    const field = fields.find((one) => one.code === mapping[column]);
    return field ? [{ column, field }] : [];
  });
}
