/** Calls of contacts, and of the ways to reach a customer. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, patch, post, remove, request, type Query } from "@/shared/api/request";
import type { Page } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Contact = Schemas["ContactOut"];
export type ContactDetail = Schemas["ContactDetailOut"];
export type Position = Schemas["PositionOut"];
export type ContactRecord = Schemas["ContactRecordOut"];
export type AlikeContacts = Schemas["AlikeContactsOut"];
export type Channel = Schemas["ChannelOut"];
type ContactIn = Schemas["ContactIn"];
type PositionIn = Schemas["PositionIn"];
export type ChannelIn = Schemas["ChannelIn"];

export const ROLES = ["decision_maker", "influencer", "sponsor", "purchaser", "technical", "finance", "user", "gatekeeper"] as const;
export const CHANNEL_KINDS = ["phone", "email", "wechat", "web", "fax"] as const;
export const CHANNEL_LABELS = ["mobile", "work", "reception", "service", "home", "other"] as const;
export const VALIDITIES = ["unknown", "valid", "invalid"] as const;

export const useContacts = (query: Query, wanted = true) =>
  useQuery({ queryKey: ["customers", "contacts", "list", query], queryFn: ({ signal }) => get<Page<Contact>>("/contacts", query, signal), placeholderData: keepPreviousData, enabled: wanted });

export const useContactCount = (scope: Query) =>
  useQuery({ queryKey: ["customers", "contacts", "count", scope], queryFn: ({ signal }) => get<{ count: number }>("/contacts/count", scope, signal) });

export const getContact = (id: number) => get<ContactRecord>(`/contacts/${id}`);

export const useContact = (id: number | null) =>
  useQuery({ queryKey: ["customers", "contacts", "one", id], queryFn: () => getContact(id ?? 0), enabled: id !== null });

export const useContactsOf = (customerId: number) =>
  useQuery({ queryKey: ["customers", "contacts", "of", customerId], queryFn: () => get<ContactDetail[]>(`/customers/${customerId}/contacts`) });

/** Contacts that may be one person: at a customer, or beside one contact. */
export const useAlike = (of: { customer: number } | { contact: number }, may: boolean) =>
  useQuery({
    queryKey: ["customers", "contacts", "alike", of],
    queryFn: () => get<AlikeContacts[]>("customer" in of ? `/customers/${of.customer}/contacts/alike` : `/contacts/${of.contact}/alike`),
    enabled: may,
  });

/** Contacts that look like this one and were said to be other people. */
export const useToldApart = (id: number, may: boolean) =>
  useQuery({ queryKey: ["customers", "contacts", "apart", id], queryFn: () => get<Schemas["ToldApartOut"][]>(`/contacts/${id}/told-apart`), enabled: may });

export const tellApart = (ids: number[]) => post<void>("/contacts/tell-apart", { ids });
export const tellApartNoMore = (ids: number[]) => post<void>("/contacts/tell-apart/undo", { ids });
export const createContact = (given: ContactIn) => post<ContactDetail>("/contacts", given);
/** A change of some fields; with the version it was made to. */
export type ContactChange = Partial<Schemas["ContactChangeIn"]>;
export const updateContact = (id: number, given: ContactChange) => patch<ContactDetail>(`/contacts/${id}`, given);
export const deleteContact = (id: number) => remove(`/contacts/${id}`);
export const addPosition = (id: number, given: PositionIn) => post<ContactDetail>(`/contacts/${id}/positions`, given);
export const changePosition = (id: number, given: Schemas["PositionChangeIn"]) => patch<ContactDetail>(`/positions/${id}`, given);
export const removePosition = (id: number) => remove(`/positions/${id}`);

export const useChannels = (customerId: number) =>
  useQuery({ queryKey: ["customers", "channels", customerId], queryFn: () => get<Schemas["ChannelsOut"]>(`/customers/${customerId}/channels`) });

export const writeChannels = (customerId: number, items: ChannelIn[], version: string) =>
  request<Schemas["ChannelsOut"]>("PUT", `/customers/${customerId}/channels`, { body: { items, version } });

/** Makes contacts and channels old after a change. */
export function useRefreshContacts(): () => void {
  const client = useQueryClient();
  return () => {
    for (const part of ["contacts", "channels", "detail", "search"]) void client.invalidateQueries({ queryKey: ["customers", part] });
  };
}
