/** Calls of /quality/rules. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, remove, request } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Rule = Schemas["EntryRuleOut"];
export type RuleIn = Schemas["EntryRuleIn"];
export type Check = RuleIn["check"];
const CHECKS: Check[] = ["required", "format", "unique", "allowed"];

type DeclaredField = Field & Pick<Schemas["FieldOut"], "formula">;

const RULES = ["quality", "rules"] as const;

export const useRules = () => useQuery({ queryKey: [...RULES, "list"], queryFn: () => get<Rule[]>("/quality/rules") });
export const useBreaking = (rule: Rule) =>
  useQuery({ queryKey: [...RULES, "breaking", rule], queryFn: () => get<{ customers: number }>(`/quality/rules/${rule.id}/breaking`), retry: false });

/** How many customers a draft is broken by; nothing while it is not a rule yet. */
export const useBreakingDraft = (draft: RuleIn | null) =>
  useQuery({ queryKey: [...RULES, "draft", draft], queryFn: ({ signal }) => post<{ customers: number }>("/quality/rules/breaking", draft, { signal }), enabled: draft !== null, retry: false });

export const useTry = (pattern: string, text: string) =>
  useQuery({
    queryKey: [...RULES, "try", pattern, text],
    queryFn: ({ signal }) => post<{ fits: boolean }>("/quality/rules/try", { pattern, text }, { signal }),
    enabled: pattern !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });

/** The fields of customers, under the key every feature asks them by. */
export const useCustomerFields = () => useQuery({ queryKey: ["fields", "customers"], queryFn: () => get<DeclaredField[]>("/fields/customers") });

export const saveRule = (id: number | null, rule: RuleIn) => (id === null ? post<Rule>("/quality/rules", rule) : request<Rule>("PUT", `/quality/rules/${id}`, { body: rule }));

export function useRefreshRules() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: RULES });
    void client.invalidateQueries({ queryKey: ["fields", "customers"] });
  };
}

export function useSwitchRule() {
  const refresh = useRefreshRules();
  return useMutation({ mutationFn: ({ rule, active }: { rule: Rule; active: boolean }) => saveRule(rule.id, { ...given(rule), active }), onSettled: refresh });
}

export function useRemoveRule() {
  const refresh = useRefreshRules();
  return useMutation({ mutationFn: (id: number) => remove<void>(`/quality/rules/${id}`), onSettled: refresh });
}

/** A rule as it is sent. */
export function given({ id: _id, label: _label, words: _words, ...rule }: Rule): RuleIn {
  return rule as RuleIn;
}

/** What a field of this kind can be asked. */
export function checksOf(field: Pick<Field, "type">): Check[] {
  if (field.type === "text") return CHECKS;
  if (field.type === "number") return ["required", "unique", "allowed"];
  return field.type === "money" || field.type === "date" || field.type === "choice" ? ["required", "allowed"] : ["required"];
}

const ENTERED = new Set(["name", "phone", "email", "owner", "tags"]);
/** Fields somebody enters: those a rule may be about. */
export const isRuled = (field: DeclaredField): boolean => ENTERED.has(field.code) || (field.code.startsWith("attributes.") && !field.formula);
