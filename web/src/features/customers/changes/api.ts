/** Change sets: what was done to many rows at once, and can be taken back. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/request";
import type { Page } from "@/shared/api/types";

type ChangeSetState = "done" | "undoing" | "undone" | "partly_undone";

export interface ChangeSet {
  id: number;
  kind: string;
  words: Record<string, unknown>;
  by: { id: number | null; name: string } | null;
  at: string;
  rows: number;
  state: ChangeSetState | string;
  can_undo: boolean;
}

export interface UndoConflict {
  subject_type: string;
  subject_id: number;
  name: string;
  /** Empty when it is not about one field, but about the whole row. */
  field: string;
  why: string;
  before: unknown;
  after: unknown;
  current: unknown;
}

const CHANGES = ["changes"] as const;

export const useChangeSets = (kind: string | null) =>
  useInfiniteQuery({
    queryKey: [...CHANGES, "list", kind],
    queryFn: ({ pageParam, signal }) => get<Page<ChangeSet>>("/change-sets", { limit: 30, cursor: pageParam, kind }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const useUndoConflicts = (id: number | null) =>
  useInfiniteQuery({
    queryKey: [...CHANGES, "conflicts", id],
    queryFn: ({ pageParam, signal }) => get<Page<UndoConflict>>(`/change-sets/${id}/conflicts`, { limit: 100, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: id !== null,
  });
