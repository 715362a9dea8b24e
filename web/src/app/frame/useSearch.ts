import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get } from "@/shared/api/request";
import type { Named, Standing } from "@/shared/api/types";
import type { Overridden } from "@/shared/ui/Grade";

export interface Found {
  type: "customer" | "contact";
  id: number;
  name: string;
  grade: Standing | null;
  computed_grade: Standing | null;
  override: Overridden | null;
  matched: string;
  /** Of a contact: where it is. */
  customer: Named | null;
}

/** The page of what was found. */
export const pathOf = (found: Found) => (found.type === "contact" ? `/contacts?contact=${found.id}` : `/customers/${found.id}`);

/** What the words find, asked for when the typing pauses. */
export function useSearch(text: string) {
  const [q, setQ] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), 180);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useQuery({
    queryKey: ["customers", "search", q],
    queryFn: ({ signal }) => get<Found[]>("/search", { q }, signal),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  return { found: q ? (answer.data ?? []) : [], searching: answer.isFetching, error: answer.error, asked: q };
}
