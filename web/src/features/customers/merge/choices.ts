/** Which record gives which field: what is proposed, and what somebody chose instead. */
import type { Choices, SideBySide } from "./api";

/** 2 to 50 different ids of an address such as ?ids=1,2,3. */
export function idsOf(text: string | null): number[] {
  const found = (text ?? "").split(",").map((part) => Number(part.trim()));
  return [...new Set(found.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(0, 50);
}

/** Differing fields first, then the others that anybody knows, each in its declared order. */
export function inOrder(fields: SideBySide[]): { differing: SideBySide[]; others: SideBySide[] } {
  return { differing: fields.filter((one) => one.differs), others: fields.filter((one) => !one.differs && one.proposed !== null) };
}

/** The record chosen for a field: somebody's choice, else what is proposed. */
export const chosenOf = (one: SideBySide, choices: Choices): number | null => choices[one.field.code] ?? one.proposed;

/** All fields from one record, where it knows a value. */
export function allFrom(record: number, place: number, fields: SideBySide[]): Choices {
  const known = fields.filter((one) => !isEmpty(one.values[place]));
  return Object.fromEntries(known.map((one) => [one.field.code, record]));
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
