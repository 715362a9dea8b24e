/** The attributes a company gives its customers: several features show or use them. */
import { useQuery } from "@tanstack/react-query";
import { get } from "./request";
import type { Bilingual } from "./types";

export interface Attribute {
  code: string;
  label: Bilingual;
  type: string;
  unit: string | null;
  choices: { value: string; label: Bilingual }[];
  /** The only kind of customer that has it; null for both. */
  applies_to: "organisation" | "person" | null;
}

export const useAttributes = () =>
  useQuery({ queryKey: ["attributes"], queryFn: () => get<Attribute[]>("/attributes"), staleTime: 60 * 60_000 });
