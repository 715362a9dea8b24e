/** Judgements of pairs on Saaty's scale, moved by a slider from −8 (the left 9 times as important) to 8 (the right). */
import type { ModelDocument } from "../types";
import { keyOf } from "./draft";

/** More than this many nobody compares pair by pair, and the method has no random index for them. */
export const MOST_COMPARED = 15;
const AT_FIRST = 6;

/** The indicators compared at first: the weightiest, in the order of the model. */
export function heaviest(document: ModelDocument, count = AT_FIRST): string[] {
  const chosen = [...document.indicators].sort((a, b) => b.weight - a.weight).slice(0, count);
  return document.indicators.filter((one) => chosen.includes(one)).map(keyOf);
}

export function pairsOf(keys: string[]): [string, string][] {
  return keys.flatMap((a, at) => keys.slice(at + 1).map((b) => [a, b] as [string, string]));
}

/** How many times as important the left one is: 9 … 1 … 1/9. */
export const saaty = (step: number): number => (step <= 0 ? 1 - step : 1 / (1 + step));

/** The reciprocal matrix of judgements, kept by "a|b"; a pair not judged counts as equal. */
export function matrixOf(keys: string[], judgements: Record<string, number>): number[][] {
  return keys.map((a) =>
    keys.map((b) => {
      const [direct, reverse] = [judgements[`${a}|${b}`], judgements[`${b}|${a}`]];
      if (direct !== undefined) return saaty(direct);
      return reverse === undefined ? 1 : 1 / saaty(reverse);
    }),
  );
}

/** Weights by key: those compared share among themselves what they weighed together before, to one decimal. */
export function shareOut(document: ModelDocument, keys: string[], weights: number[]): Record<string, number> {
  const together = document.indicators.filter((one) => keys.includes(keyOf(one))).reduce((sum, one) => sum + one.weight, 0) || 100;
  return Object.fromEntries(keys.map((key, at) => [key, Math.round((weights[at] ?? 0) * together * 10) / 10]));
}
