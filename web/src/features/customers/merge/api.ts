/** Calls of merging: side by side, merge, take back. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import type { Field, Standing } from "@/shared/api/types";
import { get, post } from "@/shared/api/request";
import type { Customer, RecordKind } from "../api";

type Schemas = components["schemas"];

export interface SideBySide {
  field: Field;
  values: unknown[];
  proposed: number | null;
  differs: boolean;
}

/** What can be merged. */
export type What = "customer" | "contact";

/** Where records of a kind are found: their list, one of them, their declared fields, and merging them. */
export const PLACES: Record<What, { list: string; record: (id: number) => string; fields: RecordKind }> = {
  customer: { list: "/customers", record: (id) => `/customers/${id}`, fields: "customers" },
  contact: { list: "/contacts", record: (id) => `/contacts?contact=${id}`, fields: "contacts" },
};

/** So many are merged at once. */
export const MOST_MERGED = 50;

/** The page that puts records of a kind side by side. */
export const mergeAddress = (what: What, ids: number[]) => `${PLACES[what].list}/merge?ids=${ids.join(",")}`;

export interface MergePreview {
  survivor_id: number;
  records: ((Customer & { grade: Standing }) | Schemas["ContactOut"])[];
  fields: SideBySide[];
  references: { kind: string; label: { en: string; zh: string }; counts: number[]; total: number }[];
}

type Merge = Schemas["MergeOut"];
export type Parting = Schemas["PartingOut"];
export type FieldBack = Schemas["FieldBackOut"];
export type TableCount = Schemas["TableCount"];
/** A value nobody had, as its control holds it. */
export interface Own {
  own: unknown;
}
/** Per field the record whose value is kept, or a value of one's own. */
export type Choices = Record<string, number | Own>;
/** The same on the wire. */
export type Chosen = Record<string, number | { value: unknown }>;

export const useMergePreview = (what: What, ids: number[], survivor: number | null) =>
  useQuery({
    queryKey: ["customers", "merge", what, ids, survivor],
    queryFn: ({ signal }) => get<MergePreview>(`${PLACES[what].list}/merge-preview`, { ids: ids.join(","), survivor_id: survivor }, signal),
    enabled: ids.length > 1,
    placeholderData: keepPreviousData,
  });

interface Merging {
  survivor_id: number;
  ids: number[];
  choices: Chosen;
  versions: Record<number, number>;
  accept_warnings: boolean;
}

export const mergeRecords = (what: What, wanted: Merging) => post<Merge>(`${PLACES[what].list}/merge`, wanted);

export const useMerge = (id: number) => useQuery({ queryKey: ["customers", "merges", id], queryFn: () => get<Merge>(`/merges/${id}`) });

export const useParting = (id: number | null) =>
  useQuery({ queryKey: ["customers", "merges", id, "undo"], queryFn: () => get<Parting>(`/merges/${id}/undo-preview`), enabled: id !== null, gcTime: 0 });

export const undoMerge = (id: number, choices: Record<string, "keep" | "restore">) => post<Parting>(`/merges/${id}/undo`, { choices });

/** A merge changes lists, records and values alike. */
export function useMergedRefresh(): () => void {
  const client = useQueryClient();
  return () => {
    // The comparison is over: its records are one now, or others, and are not asked for side by side again.
    void client.invalidateQueries({ queryKey: ["customers", "merge"], refetchType: "none" });
    void client.invalidateQueries({ queryKey: ["customers"], predicate: ({ queryKey }) => queryKey[1] !== "merge" });
    void client.invalidateQueries({ queryKey: ["value"] });
    void client.invalidateQueries({ queryKey: ["quality"] });
  };
}
