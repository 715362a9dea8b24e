import { useMemo } from "react";
import { useColleagues, useDepartments } from "../api/colleagues";
import { useFields } from "../api/fields";
import type { Field } from "../api/types";
import { withPeople } from "../filter/withPeople";

const asDeclared = (fields: Field[]) => fields;

/** The declared fields of a list, those that name people and departments with their names to choose from. */
export function useListFields(kind: string, declare: (fields: Field[]) => Field[] = asDeclared) {
  const declared = useFields(kind);
  const people = useColleagues().data;
  const departments = useDepartments().data;
  const fields = useMemo(() => declare(withPeople(declared.data ?? [], people, departments)), [declare, declared.data, people, departments]);
  return { declared, fields };
}
