/** Calls of /quality and of the check while typing. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request, type Query } from "@/shared/api/request";
import type { Job, Page, Standing } from "@/shared/api/types";
import type { Typed } from "@/shared/slots/newCustomer";
import type { Overridden } from "@/shared/ui/Grade";

type Schemas = components["schemas"];
export type Candidate = Schemas["DuplicateCandidateOut"];
export type Member = Omit<Schemas["CustomerOut"], "grade" | "computed_grade" | "override"> & { grade: Standing; computed_grade: Standing; override: Overridden | null };
export type Group = Omit<Schemas["DuplicateGroupOut"], "customers"> & { customers: Member[] };
export type Reason = Schemas["DuplicateReasonOut"];
export type Policy = Schemas["DuplicatePolicyOut"];
export type MatchState = "open" | "later" | "different";

export interface Summary extends Omit<Schemas["DuplicateSummaryOut"], "job"> {
  job: Job | null;
}

const DUPLICATES = ["quality", "duplicates"] as const;

export const useCheck = (typed: Typed) =>
  useQuery({
    queryKey: ["quality", "check", typed],
    queryFn: ({ signal }) => post<{ items: Candidate[] }>("/customers/duplicate-check", typed, { signal }),
    enabled: (typed.name ?? "").trim().length >= 2 || (typed.phone ?? "").trim().length >= 7 || (typed.email ?? "").includes("@"),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useSummary = () =>
  useQuery({
    queryKey: [...DUPLICATES, "summary"],
    queryFn: () => get<Summary>("/quality/duplicates/summary"),
    refetchInterval: ({ state }) => (isRunning(state.data?.job) ? 2_000 : false),
  });

export const isRunning = (job: Job | null | undefined) => job?.state === "waiting" || job?.state === "running";

export const useGroups = (asked: Query) =>
  useInfiniteQuery({
    queryKey: [...DUPLICATES, "groups", asked],
    queryFn: ({ pageParam, signal }) => get<Page<Group>>("/quality/duplicates", { ...asked, limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
export const useGroupCount = (scope: Query) =>
  useQuery({ queryKey: [...DUPLICATES, "count", scope], queryFn: ({ signal }) => get<{ count: number }>("/quality/duplicates/count", scope, signal) });

export const usePolicy = () => useQuery({ queryKey: [...DUPLICATES, "policy"], queryFn: () => get<Policy>("/quality/duplicates/policy") });
export const savePolicy = (policy: Policy) => request<Policy>("PUT", "/quality/duplicates/policy", { body: policy });

function useChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: DUPLICATES }) });
}

export const useRun = () => useChange(() => post<Job>("/quality/duplicates/run"));
export const useDecide = () =>
  useChange(({ group, state }: { group: Group; state: MatchState }) => post<{ changed: number }>("/quality/duplicates/decide", { matches: group.matches.map((one) => one.id), state }));

/** How a group would be merged if nobody chose otherwise. */
export interface Proposal {
  survivor_id: number;
  records: { id: number; name: string; version: number }[];
}

/** A merge changes lists, records and values alike. */
export function useRefreshMerged(): () => void {
  const client = useQueryClient();
  return () => [["customers"], ["value"], ["quality"]].forEach((queryKey) => void client.invalidateQueries({ queryKey }));
}

export function useRefreshDuplicates() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: DUPLICATES });
}
