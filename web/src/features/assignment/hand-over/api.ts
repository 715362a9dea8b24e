/** Calls of handing over many customers. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post } from "@/shared/api/request";
import type { Job, Page } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Wanted = Partial<Schemas["HandOverWantedIn"]> & { to: number[] };
export type Preview = Schemas["HandOverPreviewOut"];
export type Receiver = Schemas["ReceiverOut"];
export type HandOver = Schemas["HandOverOut"];

const HAND_OVERS = ["customers", "hand-overs"] as const;

/** What it would do; asked only when it is said whose customers go and to whom. */
export const usePreview = (wanted: Wanted | null) =>
  useQuery({
    queryKey: [...HAND_OVERS, "preview", wanted],
    queryFn: ({ signal }) => post<Preview>("/hand-overs/preview", wanted, { signal }),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });

export const useHandOvers = () =>
  useInfiniteQuery({
    queryKey: [...HAND_OVERS, "list"],
    queryFn: ({ pageParam, signal }) => get<Page<HandOver>>("/hand-overs", { limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const handOver = (wanted: Wanted, reason: string, expected: number) => post<Job>("/hand-overs", { ...wanted, reason, expected });
