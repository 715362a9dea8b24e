import { MutationCache, QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError, get } from "./request";

/** Retries only what may get better by itself: an unreachable server or a gateway error. */
function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 502;
}

/** Who can grant what a role lacks. */
export const ADMINISTRATORS = queryOptions({
  queryKey: ["people", "administrators"],
  queryFn: () => get<{ id: number; name: string }[]>("/administrators"),
  staleTime: 300_000,
  retry: false,
});

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      // Awaited before the mutation's own reaction: its words say who can grant what was refused.
      onError: async (error) => {
        if (error instanceof ApiError && error.code === "forbidden") await client.query(ADMINISTRATORS).catch(() => null);
      },
    }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
  return client;
}
