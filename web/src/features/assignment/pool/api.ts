/** Calls of the public pool. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, remove, request } from "@/shared/api/request";
import type { Page, Standing } from "@/shared/api/types";

type Schemas = components["schemas"];
type Graded<T> = Omit<T, "grade"> & { grade: Standing };
export type Pooled = Graded<Schemas["PooledOut"]>;
export type Warned = Graded<Schemas["PoolWarningOut"]>;
export type PoolRule = Graded<Schemas["PoolRuleOut"]>;
export type PoolLimits = Schemas["PoolLimitsOut"];
export type Held = Schemas["PersonCapacityOut"];

const KEY = ["customers", "pool"] as const;

export const useCapacity = () => useQuery({ queryKey: [...KEY, "capacity"], queryFn: () => get<Schemas["CapacityOut"]>("/pool/capacity") });
export const useCapacities = (asked: boolean) => useQuery({ queryKey: [...KEY, "capacities"], queryFn: () => get<Held[]>("/pool/capacities"), enabled: asked });
/** What concerns one of those about to fall back, the soonest first. */
export const useWarnings = (of: "mine" | "asked", enabled = true) =>
  useQuery({ queryKey: [...KEY, "warnings", of], queryFn: async () => (await get<Page<Warned>>("/pool/warnings", { [of]: true, limit: 200 })).items, enabled });
/** Whether one customer is about to fall back. */
export const useWarningOf = (customerId: number) =>
  useQuery({ queryKey: [...KEY, "warning", customerId], queryFn: () => get<Warned | null>(`/customers/${customerId}/pool-warning`) });
export const usePoolSetup = () => useQuery({ queryKey: [...KEY, "setup"], queryFn: () => get<{ rules: PoolRule[]; limits: PoolLimits }>("/pool/rules") });

export const claim = (id: number) => post<unknown>(`/pool/${id}/claim`);
export const assignPooled = (customer_ids: number[], owner_id: number, over_capacity: boolean) => post<{ assigned: number }>("/pool/assign", { customer_ids, owner_id, over_capacity });
export const release = (id: number, why: string) => post<void>(`/customers/${id}/release`, { why });
export const postpone = (id: number, until: string, why: string) => post<Warned>(`/customers/${id}/postponement`, { until, why });
export const decide = (id: number, approved: boolean) => post<Warned>(`/customers/${id}/postponement/decision`, { approved });
export const saveRule = (body: object) => request<PoolRule>("PUT", "/pool/rules", { body });
export const deleteRule = (id: number) => remove<void>(`/pool/rules/${id}`);
export const saveLimits = (body: object) => request<PoolLimits>("PUT", "/pool/limits", { body });

/** Everything about customers may look different once one changed hands. */
export function useRefreshPool(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["customers"] });
}
