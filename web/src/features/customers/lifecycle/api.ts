/** Calls of the lifecycle. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, request } from "@/shared/api/request";

type Schemas = components["schemas"];
export type StageFigures = Schemas["StageFiguresOut"];
export type StageMove = Schemas["StageMoveOut"];
export type StageRule = Schemas["StageRuleIn"];
export type StageIn = Schemas["StageIn"];

export const CONDITIONS = ["purchases", "idle_months", "interactions", "opportunities", "referrals"] as const;

export const useLifecycle = (since: string, until: string) =>
  useQuery({ queryKey: ["customers", "lifecycle", since, until], queryFn: () => get<Schemas["LifecycleOut"]>("/lifecycle", { since, until }) });
export const useStageRules = () => useQuery({ queryKey: ["customers", "stage_rules"], queryFn: () => get<StageRule[]>("/lifecycle/rules") });
export const useStage = (id: number) => useQuery({ queryKey: ["customers", "stage", id], queryFn: () => get<Schemas["StageOut"]>(`/customers/${id}/stage`) });
export const setStage = (id: number, given: StageIn) => request<Schemas["StageOut"]>("PUT", `/customers/${id}/stage`, { body: given });
export const releaseStage = (id: number) => request<Schemas["StageOut"]>("DELETE", `/customers/${id}/stage`);
export const setStageRules = (rules: StageRule[]) => request<StageRule[]>("PUT", "/lifecycle/rules", { body: { rules } });

export function useRefreshStages(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["customers"] });
}
