/** The declared fields of customers as the list shows, filters and exports them. */
import type { Field, Named } from "@/shared/api/types";

interface Person extends Named {
  username?: string;
}

/** Owner and department are chosen by name: their fields get the colleagues and departments as choices. */
export function withPeople(fields: Field[], owners: Person[] | undefined, departments: Named[] | undefined): Field[] {
  const named = (all: Person[]) => all.map((one) => ({ value: one.id as unknown as string, label: one.name || one.username || String(one.id) }));
  return fields.map((field) => {
    if (field.code === "owner" && owners) return { ...field, choices: named(owners) };
    if (field.code === "department" && departments) return { ...field, choices: named(departments) };
    return field;
  });
}

const KEY = "jinzita.customers.columns";

/** The columns chosen in this browser, or null for the usual ones. */
export function readColumns(): string[] | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as unknown;
    return Array.isArray(kept) && kept.every((code) => typeof code === "string") ? kept : null;
  } catch {
    return null;
  }
}

export function keepColumns(columns: string[] | null): void {
  if (columns) localStorage.setItem(KEY, JSON.stringify(columns));
  else localStorage.removeItem(KEY);
}

/** The fields shown, in their declared order; the name always is. A choice none of whose fields is left means the usual ones. */
export function shownFields(fields: Field[], chosen: string[] | null): Field[] {
  const known = chosen?.filter((code) => fields.some((field) => field.code === code));
  const shown = (field: Field) => field.code === "name" || (known?.length ? known.includes(field.code) : field.listed);
  return fields.filter(shown).map((field) => ({ ...field, listed: true }));
}

/** The codes an export carries: what is shown, as far as it may leave. */
export const exportedCodes = (shown: Field[]) => shown.filter((field) => field.exportable).map((field) => field.code);
