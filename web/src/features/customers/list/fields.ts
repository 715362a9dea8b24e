/** The declared fields of customers as the list filters and groups them. */
import type { Field, Named } from "@/shared/api/types";

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
