/** Calls of notes. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, patch, post, remove, request } from "@/shared/api/request";

type Schemas = components["schemas"];
export type Note = Schemas["NoteOut"];

/** Under the timeline's key, so that whatever makes that old makes these old. */
const under = (customerId: number, ...rest: unknown[]) => ["customers", "timeline", customerId, ...rest];

export const usePinned = (customerId: number) =>
  useQuery({ queryKey: under(customerId, "pinned"), queryFn: () => get<Note[]>(`/customers/${customerId}/notes/pinned`) });

export const useNote = (customerId: number, id: number | null) =>
  useQuery({ queryKey: under(customerId, "note", id), queryFn: () => get<Note>(`/notes/${id}`), enabled: id !== null, retry: false });

export const useNoteVersions = (customerId: number, id: number) =>
  useQuery({ queryKey: under(customerId, "versions", id), queryFn: () => get<Schemas["NoteVersionOut"][]>(`/notes/${id}/versions`) });

export interface Entered {
  text: string;
  mentions: number[];
}

export const writeNote = (customerId: number, entered: Entered, key: string) =>
  post<Note>(`/customers/${customerId}/notes`, entered, { headers: { "Idempotency-Key": key } });
export const changeNote = (note: Note, entered: Entered) => patch<Note>(`/notes/${note.id}`, { ...entered, version: note.version });
export const pinNote = (id: number, pinned: boolean) => request<Note>("PUT", `/notes/${id}/pinned`, { body: { pinned } });
export const trashNote = (id: number) => remove<void>(`/notes/${id}`);
export const restoreNote = (id: number) => post<Note>(`/notes/${id}/restore`);
