/** What a bulk change brought about against the advice of rules of entry that only warn. */
import type { Bilingual, Job } from "../api/types";
import { filterAddress } from "../filter/written";

export interface Warned {
  rule: number;
  words: Bilingual;
  count: number;
}

export const warnedOf = (result: Job["result"]): Warned[] => (Array.isArray(result?.warned) ? (result.warned as Warned[]) : []);

/** The address of the list of customers that break a rule. */
export const breakingAddress = (rule: number) => `/customers?filter=${filterAddress({ mode: "all", conditions: [{ field: "breaks", op: "has", value: String(rule) }] })}`;
