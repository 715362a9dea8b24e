/** The colleagues and departments that pages of every capability choose from. */
import { useQuery } from "@tanstack/react-query";
import { get } from "./request";
import type { Named } from "./types";

const MINUTES = 60_000;

export interface Colleague {
  id: number;
  name: string;
  username: string;
  active: boolean;
  /** The name as it may be typed: as it is, in pinyin, by its initials. */
  said?: string[];
}

export interface Department extends Named {
  parent_id: number | null;
}

/** Everybody, also who left. */
export const useColleagues = () => useQuery({ queryKey: ["people", "users"], queryFn: () => get<Colleague[]>("/users"), staleTime: 5 * MINUTES });

export const useDepartments = () => useQuery({ queryKey: ["people", "departments"], queryFn: () => get<Department[]>("/departments"), staleTime: 5 * MINUTES });
