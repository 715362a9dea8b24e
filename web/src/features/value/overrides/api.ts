/** The calls of overridden grades; the keys begin with "value", so that news of a score makes them old. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { answer, api } from "@/shared/api/client";
import type { Grade, Standing } from "@/shared/api/types";

type Schemas = components["schemas"];
export type OverrideState = "asked" | "in_force" | "declined" | "withdrawn" | "ended";
export type GradeOverride = Omit<Schemas["GradeOverrideOut"], "grade" | "state" | "customer"> & {
  grade: Grade;
  state: OverrideState;
  customer: Omit<Schemas["OverriddenOut"], "grade" | "computed_grade"> & { grade: Standing; computed_grade: Standing };
};
export type Asking = Schemas["OverrideAskIn"];

export const useOverrides = (query: { state?: OverrideState[]; to_decide?: boolean }, enabled = true) =>
  useInfiniteQuery({
    queryKey: ["value", "overrides", query],
    queryFn: async ({ pageParam }) => {
      const page = await answer(api.GET("/api/v1/value/overrides", { params: { query: { ...query, limit: 50, cursor: pageParam ?? undefined } } }));
      return { next: page.next, items: page.items as GradeOverride[] };
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.next === null ? null : Number(last.next)),
    enabled,
  });

export const ask = (customer: number, body: Asking) =>
  answer(api.POST("/api/v1/value/customers/{customer_id}/overrides", { params: { path: { customer_id: customer } }, body }));

export const decide = (id: number, approved: boolean, words: string) =>
  answer(api.POST("/api/v1/value/overrides/{override_id}/decide", { params: { path: { override_id: id } }, body: { approved, answer: words } }));

export const end = (id: number, why: string) =>
  answer(api.POST("/api/v1/value/overrides/{override_id}/end", { params: { path: { override_id: id } }, body: { why } }));

/** Everything that shows a grade may be old now. */
export function useRefreshGrades(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["value"] });
    void client.invalidateQueries({ queryKey: ["customers"] });
  };
}
