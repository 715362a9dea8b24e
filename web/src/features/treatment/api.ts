/** Calls of /treatment, /duties and /accountability. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";
import type { Page, Standing } from "@/shared/api/types";
import type { Condition, Group } from "@/shared/filter/filter";
import { writeFilter } from "@/shared/filter/written";

type Schemas = components["schemas"];
type Graded<T> = Omit<T, "grade"> & { grade: Standing };
type DutyItem = "visit" | "contact" | "answer" | "sponsor";
export type DutyState = "due" | "done" | "missed" | "excused";
export type Terms = Schemas["TreatmentTerms"];
export interface Document extends Omit<Schemas["TreatmentDocument"], "grades"> {
  grades: Record<string, Terms>;
}
export interface Policy extends Omit<Schemas["TreatmentPolicyOut"], "document" | "name"> {
  document: Document;
  name: { en: string; zh: string };
}
export type Load = Schemas["TreatmentLoadOut"];
export type Figures = Schemas["DutyFiguresOut"];
export type AccountRecord = Schemas["DutyRecordOut"];
export interface Duty extends Omit<Graded<Schemas["DutyOut"]>, "item" | "state" | "customer"> {
  item: DutyItem;
  state: DutyState;
  customer: Graded<Schemas["DutyCustomerOut"]> | null;
}
/** Due, or missed and not made good since. */
export const isWaiting = (duty: Duty): boolean => duty.state === "due" || (duty.state === "missed" && !duty.done_at);

interface Today {
  duties: Duty[];
  more: number;
  escalated: Duty[];
}
export interface CustomerTreatment extends Omit<Graded<Schemas["CustomerTreatmentOut"]>, "duties"> {
  duties: Duty[];
}

const ROOT = "treatment";

/** Under the customer's key, so that whatever makes the customer old makes this old too. */
const own = (customerId: number) => ["customers", "detail", customerId, "treatment"];

export const usePolicies = () => useQuery({ queryKey: [ROOT, "policies"], queryFn: () => get<Policy[]>("/treatment/policies") });
export const saveDraft = (modelId: number, document: Document) => request<Policy>("PUT", `/treatment/policies/${modelId}/draft`, { body: document });
export const discardDraft = (modelId: number) => request<Policy>("DELETE", `/treatment/policies/${modelId}/draft`);
export const publish = (modelId: number, note: string) => post<Policy>(`/treatment/policies/${modelId}/publish`, { note });
export const useLoad = (modelId: number, document: Document) =>
  useQuery({
    queryKey: [ROOT, "load", modelId, document],
    queryFn: ({ signal }) => post<Load>("/treatment/load", { model_id: modelId, document }, { signal }),
    placeholderData: (before) => before,
    retry: false,
  });

export const useToday = () => useQuery({ queryKey: [ROOT, "today"], queryFn: () => get<Today>("/duties/today") });

export interface Asked {
  owner?: number | null;
  department?: number | null;
  item?: string | null;
  state?: string | null;
  since: string;
  until: string;
}

/** The filter of the list of duties that finds those of a period, a person, a department, an item, a state. */
export function filterOf({ owner, department, item, state, since, until }: Asked): Group {
  const conditions: Condition[] = [{ field: "due_on", op: "between", value: [since, until] }];
  if (owner) conditions.push({ field: "owner", op: "eq", value: owner });
  if (department) conditions.push({ field: "department", op: "eq", value: department });
  if (item) conditions.push({ field: "item", op: "in", value: [item] });
  if (state === "open") conditions.push({ field: "waits", op: "eq", value: true });
  else if (state) conditions.push({ field: "state", op: "in", value: [state] });
  return { mode: "all", conditions };
}

export const useDuties = (filter: Group) =>
  useInfiniteQuery({
    queryKey: [ROOT, "duties", filter],
    queryFn: ({ pageParam }) => get<Page<Duty>>("/duties", { filter: writeFilter(filter), limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const useRecord = (period: string, start: string) =>
  useQuery({ queryKey: [ROOT, "record", period, start], queryFn: () => get<AccountRecord>("/accountability", { period, start }), placeholderData: (before) => before });

export const useTreatment = (customerId: number) =>
  useQuery({ queryKey: own(customerId), queryFn: () => get<CustomerTreatment>(`/customers/${customerId}/treatment`) });
export const nameSponsor = (customerId: number, userId: number | null) => request<CustomerTreatment>("PUT", `/customers/${customerId}/sponsor`, { body: { user_id: userId } });
export const excuse = (dutyId: number, why: string) => post<Duty>(`/duties/${dutyId}/excuse`, { why });

export function useTakeExcuseBack() {
  const refresh = useRefreshDuties();
  return useMutation({ mutationFn: (dutyId: number) => request<undefined>("DELETE", `/duties/${dutyId}/excuse`), onSettled: refresh });
}

/** Whatever tells of duties is asked again. */
export function useRefreshDuties() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: [ROOT] });
    void client.invalidateQueries({ queryKey: ["customers", "detail"] });
  };
}
