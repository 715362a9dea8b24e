/** Calls of files, and which of those a person picked are taken. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { apiUrl, get, post, remove } from "@/shared/api/request";
import type { Page } from "@/shared/api/types";

type Schemas = components["schemas"];
type FileRules = Schemas["FileRulesOut"];
type FileRow = Schemas["FileOut"];

/** A file as it stands with a note, on the timeline or in the list of all. */
export type Shown = Pick<FileRow, "id" | "name" | "kind" | "size" | "preview" | "may_remove">;

export const useFileRules = () => useQuery({ queryKey: ["customers", "file-rules"], queryFn: () => get<FileRules>("/files/rules"), staleTime: Infinity });

/** Under the timeline's key, so that whatever makes that old makes this old. */
export const useFiles = (customerId: number) =>
  useInfiniteQuery({
    queryKey: ["customers", "timeline", customerId, "files"],
    queryFn: ({ pageParam, signal }) => get<Page<FileRow>>(`/customers/${customerId}/files`, { limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** `to` is the customer or the note: "/customers/7", "/notes/9". */
export function uploadFile(to: string, file: File): Promise<FileRow> {
  const form = new FormData();
  form.append("file", file, file.name);
  return post<FileRow>(`${to}/files`, form);
}

export const trashFile = (id: number) => remove<void>(`/files/${id}`);
export const restoreFile = (id: number) => post<FileRow>(`/files/${id}/restore`);
export const contentUrl = (id: number) => apiUrl(`/files/${id}/content`);
export const previewUrl = (id: number) => apiUrl(`/files/${id}/preview`);

/** What the browser's dialog offers; the server looks at what a file holds. */
const ENDINGS: Record<string, string[]> = { jpeg: [".jpg", ".jpeg"] };
export const accepted = (rules: FileRules | undefined) => rules?.kinds.flatMap((kind) => ENDINGS[kind] ?? [`.${kind}`]).join(",");

export interface Picked {
  key: number;
  file: File;
  /** Larger than the server takes. */
  tooLarge: boolean;
}

let last = 0;
export const pickedOf = (files: Iterable<File>, rules: FileRules | undefined): Picked[] =>
  Array.from(files, (file) => ({ key: ++last, file, tooLarge: rules !== undefined && file.size > rules.most_bytes }));
