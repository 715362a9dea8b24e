/** Attributes between the server's values and a form's. */
import dayjs, { type Dayjs } from "dayjs";
import type { Attribute } from "@/shared/api/attributes";
import type { Field } from "@/shared/api/types";
import type { CustomerKind } from "../api";

const MARK = "attributes.";

export const isAttribute = (field: Field) => field.code.startsWith(MARK);
export const attributeCode = (field: Field) => field.code.slice(MARK.length);

/** The fields without the attributes that only the other kind of customer has. */
export function fieldsFor(kind: CustomerKind, fields: Field[], attributes: Pick<Attribute, "code" | "applies_to">[]): Field[] {
  const foreign = new Set(attributes.filter((one) => one.applies_to !== null && one.applies_to !== kind).map((one) => one.code));
  return fields.filter((field) => !isAttribute(field) || !foreign.has(attributeCode(field)));
}

const isNothing = (value: unknown) => value === "" || value === undefined || (Array.isArray(value) && value.length === 0);
/** A reference is known by its number. */
const plain = (value: unknown): unknown => (typeof value === "object" && value !== null && "id" in value ? value.id : value);
const isSame = (a: unknown, b: unknown) => (Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((one, at) => one === b[at]) : a === b);

type Entered = Record<string, unknown>;

/** What the form shows of stored attributes: days as day objects, everything else as it is. */
export function toForm(fields: Field[], stored: Record<string, unknown>): Entered {
  return Object.fromEntries(
    fields.filter(isAttribute).map((field) => {
      const value = stored[attributeCode(field)] ?? undefined;
      return [attributeCode(field), field.type === "date" && typeof value === "string" ? dayjs(value) : value];
    }),
  );
}

/** What is sent: the attributes that differ from the stored ones; an emptied one is sent as null. */
export function changedAttributes(fields: Field[], entered: Entered, stored: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const field of fields.filter(isAttribute)) {
    const code = attributeCode(field);
    const given = entered[code];
    const value = dayjs.isDayjs(given) ? (given as Dayjs).format("YYYY-MM-DD") : isNothing(given) ? null : plain(given);
    if (!isSame(value, plain(stored[code] ?? null))) changed[code] = value;
  }
  return changed;
}
