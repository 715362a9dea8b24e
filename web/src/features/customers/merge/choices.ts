/** Which record gives which field: what is proposed, and what somebody chose instead. */
import { enteredOf } from "../edit/inline";
import type { Choices, Chosen, Own, SideBySide } from "./api";

/** 2 to 50 different ids of an address such as ?ids=1,2,3. */
export function idsOf(text: string | null): number[] {
  const found = (text ?? "").split(",").map((part) => Number(part.trim()));
  return [...new Set(found.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(0, 50);
}

/** Differing fields first, then the others that anybody knows, each in its declared order. */
export function inOrder(fields: SideBySide[]): { differing: SideBySide[]; others: SideBySide[] } {
  return { differing: fields.filter((one) => one.differs), others: fields.filter((one) => !one.differs && one.proposed !== null) };
}

/** The value of one's own for a field, if that is chosen. */
export function ownOf(code: string, choices: Choices): Own | null {
  const choice = choices[code];
  return typeof choice === "object" ? choice : null;
}

/** The record chosen for a field: somebody's choice, else what is proposed; none when a value of one's own is. */
export function chosenOf(one: SideBySide, choices: Choices): number | null {
  const choice = choices[one.field.code];
  return typeof choice === "object" ? null : (choice ?? one.proposed);
}

/** Choices as the API takes them. */
export function sentOf(fields: SideBySide[], choices: Choices): Chosen {
  const declared = new Map(fields.map((one) => [one.field.code, one.field]));
  return Object.fromEntries(
    Object.entries(choices).map(([code, choice]): [string, number | { value: unknown }] => {
      const field = declared.get(code);
      if (typeof choice === "number" || !field) return [code, choice as number];
      const value = enteredOf(field, choice.own);
      return [code, { value: field.type === "reference" && typeof value === "object" && value !== null ? (value as { id: number }).id : value }];
    }),
  );
}

/** All fields from one record, where it knows a value. */
export function allFrom(record: number, place: number, fields: SideBySide[]): Choices {
  const known = fields.filter((one) => !isEmpty(one.values[place]));
  return Object.fromEntries(known.map((one) => [one.field.code, record]));
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
