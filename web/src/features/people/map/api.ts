/** Calls of the people map: departments, people, photos, duties and internal customers. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, patch, post, remove, request } from "@/shared/api/request";

type Schemas = components["schemas"];

export type PeopleMap = Schemas["PeopleMapOut"];
export type MapDepartment = Schemas["MapDepartmentOut"];
export type Person = Schemas["PersonOut"];
export type PersonCard = Schemas["PersonCardOut"];
export type PersonDetail = Schemas["PersonDetailOut"];
type CardChange = Partial<Schemas["CardChangeIn"]>;
export type JobDuty = Schemas["JobDutyOut"];
export type HeldDuty = Schemas["HeldDutyOut"];
type PersonDuties = Schemas["PersonDutiesOut"];

const MAP = ["people", "map"] as const;

export const useMap = () => useQuery({ queryKey: [...MAP, "tree"], queryFn: () => get<PeopleMap>("/people/map") });
export const usePerson = (id: number) => useQuery({ queryKey: [...MAP, "person", id], queryFn: () => get<PersonDetail>(`/people/${id}`) });
export const usePersonDuties = (id: number) => useQuery({ queryKey: [...MAP, "duties", id], queryFn: () => get<PersonDuties>(`/people/${id}/duties`) });
export const useCatalogue = () => useQuery({ queryKey: [...MAP, "catalogue"], queryFn: () => get<JobDuty[]>("/people/duties") });
export const useLeftBehind = () => useQuery({ queryKey: [...MAP, "left behind"], queryFn: () => get<HeldDuty[]>("/people/left-behind") });

/** People directly in a department (null: in none), page by page. */
export const usePeopleOf = (departmentId: number | null) =>
  useInfiniteQuery({
    queryKey: [...MAP, "people", departmentId],
    queryFn: ({ pageParam, signal }) => get<Schemas["PersonCardPage"]>("/people", { department_id: departmentId, without_department: departmentId === null || undefined, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const useFound = (q: string) =>
  useQuery({ queryKey: [...MAP, "found", q], queryFn: ({ signal }) => get<Schemas["PersonCardPage"]>("/people", { q }, signal), enabled: q !== "", placeholderData: keepPreviousData });

export const updateCard = (id: number, change: CardChange) => patch<PersonDetail>(`/people/${id}/card`, change);
export const putPhoto = (id: number, photo: Blob) => request<{ photo: string }>("PUT", `/people/${id}/photo`, { body: photo });
export const removePhoto = (id: number) => remove<void>(`/people/${id}/photo`);

export const createJobDuty = (made: Schemas["JobDutyIn"]) => post<JobDuty>("/people/duties", made);
export const updateJobDuty = (id: number, change: Partial<Schemas["JobDutyChangeIn"]>) => patch<JobDuty>(`/people/duties/${id}`, change);
export const removeJobDuty = (id: number) => remove<void>(`/people/duties/${id}`);

export const holdDuty = (personId: number, given: Schemas["HeldDutyIn"]) => post<HeldDuty>(`/people/${personId}/duties`, given);
export const describeDuty = (heldId: number, statement: string) => patch<HeldDuty>(`/people/held-duties/${heldId}`, { statement });
export const endDuty = (heldId: number) => remove<void>(`/people/held-duties/${heldId}`);
export const setInternalCustomers = (heldId: number, given: Schemas["InternalCustomersIn"]) =>
  request<HeldDuty>("PUT", `/people/held-duties/${heldId}/internal-customers`, { body: given });
export const handOverDuty = (heldId: number, personId: number) => post<HeldDuty>(`/people/held-duties/${heldId}/hand-over`, { person_id: personId });

/** Makes the map old, after a change of it. */
export function useRefreshMap(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: MAP });
}

/** A change after which the map is read anew. */
export function useMapChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const refresh = useRefreshMap();
  return useMutation({ mutationFn: change, onSuccess: refresh });
}
