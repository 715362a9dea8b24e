/** The kinds of records that belong to a record and can be filtered by, with their fields. */
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/request";
import type { Bilingual, Field } from "../api/types";

export interface RelatedKind {
  code: string;
  label: Bilingual;
  fields: Field[];
}

/** An installation without such kinds offers none. */
export const useRelatedKinds = (kind: string | undefined) =>
  useQuery({
    queryKey: ["fields", "related", kind],
    queryFn: () => get<RelatedKind[]>(`/related/${kind}`).catch(() => [] as RelatedKind[]),
    enabled: kind !== undefined,
    staleTime: 60 * 60_000,
  });
