/** Calls of /quality/policy. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";

type Schemas = components["schemas"];
export type Document = Required<Schemas["QualityPolicyDocument"]>;
export type Important = Required<Schemas["QualityImportantField"]>;
export type Tried = Schemas["QualityPolicyTriedOut"];
export type Line = Schemas["QualityTriedOut"];
export interface Policy extends Omit<Schemas["QualityPolicyOut"], "document"> {
  document: Document;
}
export interface Version extends Omit<Schemas["QualityPolicyVersionDetail"], "document"> {
  document: Document;
}

export const PARTS = ["completeness", "validity", "freshness", "duplicates"] as const;
export const pointsOf = (document: Document): number => PARTS.reduce((sum, part) => sum + document[part], 0);

const KEY = ["quality", "policy"];
export const usePolicy = () => useQuery({ queryKey: KEY, queryFn: () => get<Policy>("/quality/policy") });
export const useVersions = () => useQuery({ queryKey: [...KEY, "versions"], queryFn: () => get<Version[]>("/quality/policy/versions") });
export const useAskable = () => useQuery({ queryKey: [...KEY, "fields"], queryFn: () => get<Schemas["QualityAskableOut"][]>("/quality/policy/fields") });
export const useTried = (document: Document, bound: number) =>
  useQuery({
    queryKey: [...KEY, "try", document, bound],
    queryFn: ({ signal }) => post<Tried>("/quality/policy/try", { document, bound }, { signal }),
    enabled: pointsOf(document) === 100,
    placeholderData: keepPreviousData,
    retry: false,
  });
export const saveDraft = (document: Document) => request<Policy>("PUT", "/quality/policy/draft", { body: document });
export const discardDraft = () => request<Policy>("DELETE", "/quality/policy/draft");
export const publish = (note: string) => post<Policy>("/quality/policy/publish", { note });

export function useRefreshPolicy(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["quality"] });
}
