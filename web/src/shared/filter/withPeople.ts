/** Fields that name colleagues or departments. */
import type { Field, Named } from "../api/types";

interface Person extends Named {
  username?: string;
}
interface Department extends Named {
  parent_id?: number | null;
}

/** Who and which department are chosen by name: their fields get the colleagues and departments as choices. */
export function withPeople(fields: Field[], people: Person[] | undefined, departments: Department[] | undefined): Field[] {
  const named = (all: Person[]) => all.map((one) => ({ value: one.id as unknown as string, label: one.name || one.username || String(one.id) }));
  const placed = (all: Department[]) => named(all).map((one, at) => ({ ...one, parent: (all[at]?.parent_id ?? null) as unknown as string | null }));
  return fields.map((field) => {
    if (field.references === "users" && people) return { ...field, choices: named(people) };
    if (field.references === "departments" && departments) return { ...field, choices: placed(departments) };
    return field;
  });
}
