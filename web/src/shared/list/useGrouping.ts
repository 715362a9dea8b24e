/** The groups of a list: how many rows each has, which is open, and the list of that one. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, type Query } from "../api/request";
import type { Field } from "../api/types";
import { conditionOf, inGroup, keyOf, type Group } from "./grouping";
import type { ListControl } from "./useListState";

/** How many rows there are of each value of a field, the most first. */
export const useGroups = (path: string, queryKey: readonly string[], by: string | null, scope: Query) =>
  useQuery({
    queryKey: [...queryKey, "groups", by, scope],
    queryFn: ({ signal }) => get<Group[]>(`${path}/groups`, { by, ...scope }, signal),
    enabled: by !== null,
    // While the list is narrowed the groups stay; those of another field would be read wrongly.
    placeholderData: (before, query) => (query?.queryKey.at(-2) === by ? before : undefined),
  });

interface Of {
  path: string;
  queryKey: readonly string[];
  list: ListControl;
  fields: Field[];
  asked?: Record<string, string>;
}

export function useGrouping({ path, queryKey, list, fields, asked }: Of) {
  const field = fields.find((one) => one.code === list.group && one.groupable) ?? null;
  const scope = useMemo(() => ({ ...asked, ...list.scope }), [asked, list.scope]);
  const found = useGroups(path, queryKey, field && field.code, scope);
  const opened = (field && found.data?.find((group) => keyOf(group) === list.open)) ?? null;
  const value = opened?.value;
  const inside = useMemo(() => (field && value !== undefined ? inGroup(list, conditionOf(field, value)) : list), [field, value, list]);
  return {
    field,
    found,
    opened,
    /** The list whose rows are shown: of the open group, or the whole. */
    inside,
    /** Whether rows are shown: of a list in groups those of the open one, or its empty table. */
    rows: !field || opened !== null || found.data?.length === 0,
  };
}

export type Grouping = ReturnType<typeof useGrouping>;
