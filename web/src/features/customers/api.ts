/** Calls of /customers, /fields and of the facts entered by hand. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { apiUrl, get, patch, post, remove, type Query } from "@/shared/api/request";
import type { Page, Standing } from "@/shared/api/types";

export { useColleagues as useOwners, useDepartments } from "@/shared/api/colleagues";
export { useFields } from "@/shared/api/fields";

export type CustomerKind = "organisation" | "person";
export const FACTS = ["transactions", "invoices", "receipts", "interactions", "opportunities"] as const;
export type FactKind = (typeof FACTS)[number];
/** The kinds of record whose lists are grouped, edited in place and changed many at once. */
export type ListKind = "customers" | "contacts";
export type RecordKind = ListKind | FactKind;

type Schemas = components["schemas"];
type Exactly<T, Fields> = Omit<T, keyof Fields> & Fields;

interface Kept {
  /** Grows with every change: a change made to an older one is noticed. */
  version?: number;
  tags?: string[];
}

export type Customer = Exactly<Schemas["CustomerOut"], { kind: CustomerKind; grade: Standing; computed_grade: Standing }> & Kept;
export type CustomerDetail = Exactly<Schemas["CustomerDetailOut"], { kind: CustomerKind; grade: Standing; computed_grade: Standing; counts: Record<FactKind, number> }> & Kept;

export interface Fact {
  id: number;
  [field: string]: unknown;
}

/** What the timeline is filtered by. */
export const TIMELINE_KINDS = ["note", "file", "transaction", "invoice", "receipt", "interaction", "opportunity", "change", "ownership", "stage", "grade", "override", "consent", "duty"] as const;
type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Those that the server tells apart. */
const PARTS: Partial<Record<TimelineKind, string[]>> = {
  change: ["change", "bulk_change"],
  ownership: ["ownership", "ownership_end"],
  duty: ["duty_kept", "duty_missed", "duty_excused"],
};

export interface TimelineFilter {
  kinds: TimelineKind[];
  by_id?: number | null;
  since?: string | null;
  until?: string | null;
  q?: string;
}

export type TimelineItem = Schemas["TimelineEntryOut"];

export const useCustomers = (query: Query, wanted = true) =>
  useQuery({
    queryKey: ["customers", "list", query],
    queryFn: ({ signal }) => get<Page<Customer>>("/customers", query, signal),
    placeholderData: keepPreviousData,
    enabled: wanted,
  });

export const useCustomerCount = (scope: Query) =>
  useQuery({ queryKey: ["customers", "list", "count", scope], queryFn: ({ signal }) => get<{ count: number; exact: boolean }>("/customers/count", scope, signal) });

/** The tags in use, each with how many of these records carry it. */
export const useTags = (kind: ListKind) =>
  useQuery({
    queryKey: ["customers", "tags", kind],
    queryFn: async () => {
      const found = await get<({ name: string } & Record<ListKind, number>)[]>(kind === "customers" ? "/tags" : "/contacts/tags");
      return found.map((one) => ({ name: one.name, count: one[kind] }));
    },
    staleTime: 60_000,
  });

export const useCustomer = (id: number) =>
  useQuery({ queryKey: ["customers", "detail", id], queryFn: () => getCustomer(id) });

export const useFacts = (id: number, kind: FactKind, query: Query) =>
  useQuery({
    queryKey: ["customers", "facts", id, kind, query],
    queryFn: ({ signal }) => get<Page<Fact>>(`/customers/${id}/${kind}`, query, signal),
    placeholderData: keepPreviousData,
  });

export function useTimeline(id: number, { kinds, ...rest }: TimelineFilter) {
  const named = kinds.flatMap((kind) => PARTS[kind] ?? [kind]).join(",");
  const query = { kinds: kinds.length === TIMELINE_KINDS.length ? null : named, ...rest };
  return useInfiniteQuery({
    queryKey: ["customers", "timeline", id, query],
    queryFn: ({ pageParam, signal }) => get<Page<TimelineItem>>(`/customers/${id}/timeline`, { limit: 20, cursor: pageParam, ...query }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export const createCustomer = (given: Schemas["CustomerIn"]) => post<Customer>("/customers", given);
/** A change of some fields; with the version it was made to, so that nothing somebody else changed is overwritten. */
export type CustomerChange = Partial<Schemas["CustomerChangeIn"]> & { version?: number; tags?: string[] };
export const updateCustomer = (id: number, given: CustomerChange) => patch<Customer>(`/customers/${id}`, given);
export const getCustomer = (id: number) => get<CustomerDetail>(`/customers/${id}`);
export const trashCustomer = (id: number) => remove<void>(`/customers/${id}`);

/** The sheet on paper, made by the server; printing it from the browser is noted as well. */
export const sheetUrl = (id: number, language: string) => apiUrl(`/customers/${id}/sheet.pdf`, { language });
export const notePrinting = (id: number) => post<void>(`/customers/${id}/sheet/printed`);

export type Recordable = "transactions" | "receipts" | "interactions";

/** Records one fact; the same key sent twice records it once. */
export const recordFact = (kind: Recordable, fact: Record<string, unknown>, key: string) =>
  post<Schemas["RecordedOut"]>(`/${kind}`, fact, { headers: { "Idempotency-Key": key } });

/** Makes what is shown of one customer old, after a change; the score follows by itself. */
export function useRefreshCustomer(id: number | null): () => void {
  const client = useQueryClient();
  return () => {
    for (const part of ["detail", "facts", "timeline"]) void client.invalidateQueries({ queryKey: ["customers", part, ...(id ? [id] : [])] });
    void client.invalidateQueries({ queryKey: ["customers", "list"] });
  };
}
