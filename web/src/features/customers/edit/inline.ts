/** One field of a customer or contact between the server's value, a control and a change. */
import dayjs, { isDayjs } from "dayjs";
import type { Field, Named } from "@/shared/api/types";
import { fieldValue } from "@/shared/table/fieldColumns";
import type { Customer, CustomerChange } from "../api";
import { attributeCode, isAttribute } from "./attributes";

/** Of references the owner and those the company defined, whose values come and go with their name. */
export const isInline = (field: Field): boolean => field.editable && (field.type !== "reference" || field.code === "owner" || isAttribute(field));

/** Whether many records can be given a value at once, and there is a control for it. */
export const isShared = (field: Field): boolean => isInline(field) && field.shared === true;

/** What the control shows. */
export function inputOf(field: Field, row: object): unknown {
  const value = fieldValue(row, field.code);
  if (field.code === "owner") return (value as Named | null)?.id ?? undefined;
  if (field.type === "date" && typeof value === "string") return dayjs(value);
  return value ?? undefined;
}

/** What was entered, as the API takes it; nothing entered is null, of a text the empty text. */
export function enteredOf(field: Field, entered: unknown): unknown {
  if (isDayjs(entered)) return entered.format("YYYY-MM-DD");
  if (typeof entered === "string") return entered.trim() === "" && isAttribute(field) ? null : entered.trim();
  if (entered === undefined || entered === null) return field.type === "text" && !isAttribute(field) ? "" : null;
  return entered;
}

/** The change of one field. */
export function changeOf(field: Field, value: unknown): CustomerChange {
  if (isAttribute(field)) return { attributes: { [attributeCode(field)]: value } };
  if (field.code === "owner") return { owner_id: value as number | null };
  return { [field.code]: value } as CustomerChange;
}

/** The row as it will be once the change is saved. */
export function withValue(row: Customer, field: Field, value: unknown): Customer {
  if (isAttribute(field)) return { ...row, attributes: { ...row.attributes, [attributeCode(field)]: value }, ...(attributeCode(field) in row ? { [attributeCode(field)]: value } : {}) };
  if (field.code !== "owner") return { ...row, [field.code]: value };
  const chosen = field.choices?.find((choice) => (choice.value as unknown) === value);
  return { ...row, owner: value === null ? null : { id: value as number, name: typeof chosen?.label === "string" ? chosen.label : "" } };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Whether something else was entered than what is there. */
export const isNew = (field: Field, row: object, value: unknown): boolean => !same(enteredOf(field, inputOf(field, row)), value);
