/** Calls of /quality and of the check while typing. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";
import type { Job, Page } from "@/shared/api/types";
import type { Typed } from "@/shared/slots/newCustomer";

type Schemas = components["schemas"];
export type Candidate = Schemas["DuplicateCandidateOut"];
export type Group = Schemas["DuplicateGroupOut"];
export type Reason = Schemas["DuplicateReasonOut"];
export type Policy = Schemas["DuplicatePolicyOut"];
export type Member = Schemas["DuplicateMemberOut"];
export type MatchState = "open" | "later" | "different";

interface Summary extends Omit<Schemas["DuplicateSummaryOut"], "job"> {
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

export const useGroups = (verdict: string | undefined, state: MatchState) =>
  useInfiniteQuery({
    queryKey: [...DUPLICATES, "groups", verdict ?? "", state],
    queryFn: ({ pageParam }) => get<Page<Group>>("/quality/duplicates", { verdict, state, limit: 20, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const usePolicy = () => useQuery({ queryKey: [...DUPLICATES, "policy"], queryFn: () => get<Policy>("/quality/duplicates/policy") });
export const savePolicy = (policy: Policy) => request<Policy>("PUT", "/quality/duplicates/policy", { body: policy });

function useChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: DUPLICATES }) });
}

export const useRun = () => useChange(() => post<Job>("/quality/duplicates/run"));
export const useDecide = () => useChange((given: { matches: number[]; state: MatchState }) => post<{ changed: number }>("/quality/duplicates/decide", given));
export function useRefreshDuplicates() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: DUPLICATES });
}
