/** Whom a model grades, in the language of the filters of lists. */
import { asGroup, countConditions, partOf, type Group } from "@/shared/filter/filter";
import type { Population } from "../types";

type Tree = Record<string, unknown>;

/** The population's own filter; null when it has none, or one that cannot be read. */
export function filterOf(population: Population): Tree | null {
  if (!population.filter) return null;
  try {
    const tree = JSON.parse(population.filter) as unknown;
    return partOf(tree) ? (tree as Tree) : null;
  } catch {
    return null;
  }
}

/** The population with another part; what says nothing goes. */
export function withPart(population: Population, part: Partial<Population>): Population {
  const { source, kind, filter } = { ...population, ...part };
  return { ...(source?.length ? { source } : {}), ...(kind ? { kind } : {}), ...(filter ? { filter } : {}) };
}

/** All of it as conditions of the list of customers. */
export function conditionsOf(population: Population): Tree[] {
  const filter = filterOf(population);
  return [
    ...(population.source?.length ? [{ field: "source", op: "in", value: population.source }] : []),
    ...(population.kind ? [{ field: "kind", op: "in", value: [population.kind] }] : []),
    ...(filter ? [filter] : []),
  ];
}

/** The filter as the builder of lists shows it; null without conditions. */
export function groupOf(filter: Tree | null): Group | null {
  const part = filter && partOf(filter);
  return part && countConditions(part) > 0 ? asGroup(part) : null;
}
