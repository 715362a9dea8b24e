/** Calls of how long customers are kept. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";
import type { Job } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Retention = Schemas["RetentionOut"];
export type Overdue = Schemas["OverdueOut"];

export const KEY = ["customers", "retention"] as const;

export const useRetention = () => useQuery({ queryKey: KEY, queryFn: () => get<Retention>("/retention") });

export const useOverdue = (kind: string | null) =>
  useInfiniteQuery({
    queryKey: [...KEY, "overdue", kind],
    queryFn: ({ pageParam, signal }) => get<Schemas["OverduePage"]>("/retention/overdue", { kind, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const setYears = (years: Schemas["YearsIn"]) => request<Job>("PUT", "/retention", { body: years });
export const lookNow = () => post<Job>("/retention/look");
export const eraseMany = (given: Partial<Schemas["EraseManyIn"]> & { reason: string }) => post<Job>("/retention/erase", given);
export const keepLonger = (given: Schemas["PostponeErasureIn"]) => post<{ count: number }>("/retention/postpone", given);
