import type { Channel, ContactDetail } from "./api";

/** Whether a way to reach somebody stands in a field: of what is masked a part is left, never nothing. */
export function hasWay(ways: Channel[], field: string): boolean {
  if (field === "email") return ways.some((way) => way.kind === "email");
  return ways.some((way) => way.kind !== "email");
}

/** The same of any field of a contact. */
export function hasValue(contact: ContactDetail, field: string): boolean {
  if (field === "email" || field === "phone") return hasWay(contact.channels, field);
  return Boolean(contact[field as keyof ContactDetail]);
}
