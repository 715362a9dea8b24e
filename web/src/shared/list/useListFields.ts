import { useMemo } from "react";
import { useColleagues, useDepartments } from "../api/colleagues";
import { useFields } from "../api/fields";
import { withPeople } from "../filter/withPeople";

/** The declared fields of a list, those that name people and departments with their names to choose from. */
export function useListFields(kind: string) {
  const declared = useFields(kind);
  const people = useColleagues().data;
  const departments = useDepartments().data;
  const fields = useMemo(() => withPeople(declared.data ?? [], people, departments), [declared.data, people, departments]);
  return { declared, fields };
}
