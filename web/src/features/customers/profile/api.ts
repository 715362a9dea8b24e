/** Calls of a customer's addresses, identifiers, group and relations. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { ApiError, get, post, remove, request } from "@/shared/api/request";

type Schemas = components["schemas"];
export type Address = Schemas["AddressOut"];
export type AddressIn = Schemas["AddressIn"];
export type IdentifierIn = Schemas["IdentifierIn"];
export type Team = Schemas["TeamOut"];
export type TeamMemberIn = Schemas["TeamMemberIn"];
export type Group = Schemas["GroupOut"];
export type Member = Schemas["MemberOut"];
type Relation = Schemas["RelationOut"];
export type RelationIn = Schemas["RelationIn"];

export const ADDRESS_KINDS = ["registered", "office", "delivery", "billing", "home"] as const;
export const IDENTIFIER_KINDS = ["credit_code", "tax", "vat", "duns", "external"] as const;
export const RELATION_KINDS = ["referred_by", "partner_of", "competitor_of", "agent_of", "supplier_of"] as const;

const of = <T>(part: string) => (id: number) => ({ queryKey: ["customers", part, id], queryFn: () => get<T>(`/customers/${id}/${part}`) });
const ADDRESSES = of<Schemas["AddressesOut"]>("addresses");
const IDENTIFIERS = of<Schemas["IdentifiersOut"]>("identifiers");
const TEAM = of<Team>("team");
const GROUP = of<Group>("group");
const RELATIONS = of<Relation[]>("relations");

export const useAddresses = (id: number) => useQuery(ADDRESSES(id));
export const useIdentifiers = (id: number) => useQuery(IDENTIFIERS(id));
export const useTeam = (id: number) => useQuery(TEAM(id));
export const useGroup = (id: number) => useQuery(GROUP(id));
export const useRelations = (id: number) => useQuery(RELATIONS(id));
export const useProvinces = () => useQuery({ queryKey: ["provinces"], queryFn: () => get<Schemas["ProvinceOut"][]>("/provinces"), staleTime: Infinity });

/** Writes a list whole; what is said of one of its items stands at the fields of its form. */
const write = <T>(id: number, part: string, items: T[], version: string, at?: number) =>
  request<{ items: unknown[]; version: string }>("PUT", `/customers/${id}/${part}`, { body: { items, version } }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || at === undefined) throw error;
    const mine = `${part}[${at}].`;
    throw new ApiError(error.status, error.code, error.message, error.details.map((one) => ({ ...one, where: one.where.startsWith(mine) ? one.where.slice(mine.length) : one.where })));
  });
export const writeAddresses = (id: number, items: AddressIn[], version: string, at?: number) => write(id, "addresses", items, version, at);
export const writeIdentifiers = (id: number, items: IdentifierIn[], version: string, at?: number) => write(id, "identifiers", items, version, at);
export const writeTeam = (id: number, items: TeamMemberIn[], version: string) => write(id, "team", items, version);
export const setParent = (id: number, parent: number | null) => request<Group>("PUT", `/customers/${id}/parent`, { body: { parent_id: parent } });
export const addRelation = (id: number, given: RelationIn) => post<Relation[]>(`/customers/${id}/relations`, given);
export const removeRelation = (relation: number) => remove(`/relations/${relation}`);

/** Makes these parts of every customer old: groups and relations are seen from several of them. */
export function useRefreshProfile(): () => void {
  const client = useQueryClient();
  return () => {
    for (const part of ["addresses", "identifiers", "group", "relations", "search"]) void client.invalidateQueries({ queryKey: ["customers", part] });
    void client.invalidateQueries({ queryKey: ["value", "group"] });
  };
}
