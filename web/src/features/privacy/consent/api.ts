/** Calls of consents, contact preferences and the company's rules for them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";

type Schemas = components["schemas"];
export type Consent = Schemas["ConsentOut"];
export type Cell = Schemas["CellOut"];
export type ConsentIn = Schemas["ConsentIn"];
export type Preference = Schemas["PreferenceOut"];
export type PreferenceIn = Schemas["PreferenceIn"];
export type Rules = Schemas["ConsentRulesOut"];
export type RulesIn = Schemas["ConsentRulesIn"];

export const WAYS = ["call", "sms", "email", "wechat", "post", "visit"] as const;
export const STATES = ["given", "denied", "withdrawn", "unknown"] as const;
export const ORIGINS = ["form", "phone", "conversation", "letter", "email", "contract", "portal", "other"] as const;

export const useConsents = (customer: number, contact: number | null) =>
  useQuery({ queryKey: ["customers", "consents", customer, contact], queryFn: () => get<Schemas["ConsentsOut"]>(`/customers/${customer}/consents`, { contact_id: contact }) });

/** The word by which somebody is not to be contacted at all, while it counts. */
export function neverOf(found: Schemas["ConsentsOut"] | undefined): Consent | null {
  const latest = found?.never ?? null;
  return latest && (latest.state === "denied" || latest.state === "withdrawn") ? latest : null;
}

export const useConsentHistory = (customer: number, contact: number | null, open: boolean) =>
  useQuery({ queryKey: ["customers", "consents", customer, contact, "history"], queryFn: () => get<Consent[]>(`/customers/${customer}/consents/history`, { contact_id: contact }), enabled: open });

export const useConsentRules = () => useQuery({ queryKey: ["consent_rules"], queryFn: () => get<Rules>("/consent-rules") });
export const recordConsent = (customer: number, given: ConsentIn) => post<Schemas["ConsentsOut"]>(`/customers/${customer}/consents`, given);
export const setPreference = (customer: number, given: PreferenceIn) => request<Preference>("PUT", `/customers/${customer}/contact-preference`, { body: given });
export const setRules = (given: RulesIn) => request<Rules>("PUT", "/consent-rules", { body: given });

export function useRefreshConsents(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["customers", "consents"] });
    // What was said is told there too, and customers are found by whether they may be contacted.
    void client.invalidateQueries({ queryKey: ["customers", "timeline"] });
    void client.invalidateQueries({ queryKey: ["customers", "list"] });
    void client.invalidateQueries({ queryKey: ["consent_rules"] });
  };
}
