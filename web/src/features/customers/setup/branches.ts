/** A dimension's categories as a tree, each with the customers in it and below. */
import type { Bilingual } from "@/shared/api/types";
import type { Category } from "./api";

export interface CategoryBranch extends Category {
  customers: number;
  children?: CategoryBranch[];
}

export function toBranches(categories: Category[], counts: Map<number, number>, parent: number | null = null): CategoryBranch[] {
  return categories
    .filter((one) => one.parent_id === parent)
    .map((one) => {
      const children = toBranches(categories, counts, one.id);
      const customers = (counts.get(one.id) ?? 0) + children.reduce((sum, child) => sum + child.customers, 0);
      return { ...one, customers, ...(children.length > 0 ? { children } : {}) };
    });
}

interface CategoryOption {
  value: number;
  title: string;
  children: CategoryOption[];
}

/** The same as a control offers them. */
export function toOptions(categories: Category[], label: (words: Bilingual) => string): CategoryOption[] {
  const offered = (branches: CategoryBranch[]): CategoryOption[] => branches.map((one) => ({ value: one.id, title: label(one.label), children: offered(one.children ?? []) }));
  return offered(toBranches(categories, new Map()));
}
