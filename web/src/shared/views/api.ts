/** Saved views of lists: the own ones, and those that colleagues share. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { patch, post, remove, request } from "../api/request";
import { get } from "../api/request";
import type { Content } from "./content";

export const SHARES = ["private", "department", "role", "everybody"] as const;
export type Share = (typeof SHARES)[number];

export interface View {
  id: number;
  kind: string;
  name: string;
  owner: { id: number; name: string } | null;
  mine: boolean;
  shared: Share;
  department_id: number | null;
  role: string | null;
  content: Content;
  /** For the person asking alone. */
  pinned: boolean;
  is_default: boolean;
  position: number;
}

type NewView = Pick<View, "kind" | "name" | "content" | "shared" | "department_id" | "role">;

const KEY = (kind: string) => ["people", "views", kind];

export const useViews = (kind: string) =>
  useQuery({
    queryKey: KEY(kind),
    queryFn: async () => (await get<{ items: View[] }>("/views", { kind })).items,
    staleTime: 60_000,
  });

export const createView = (made: NewView) => post<View>("/views", made);
export const changeView = (id: number, change: Partial<NewView> & { position?: number }) => patch<View>(`/views/${id}`, change);
export const deleteView = (id: number) => remove<void>(`/views/${id}`);
export const setMine = (id: number, mine: { pinned: boolean; is_default: boolean }) => request<void>("PUT", `/views/${id}/mine`, { body: mine });

export function useRefreshViews(kind: string): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY(kind) });
}
