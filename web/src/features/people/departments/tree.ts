/** Departments come as a flat list; pages show them as a tree. */
import type { Department } from "../api";

/** A department, of whichever kind, with those below it. */
export type Tree<Of> = Of & { children?: Tree<Of>[] };
export type Branch = Tree<Department>;

interface Placed {
  id: number;
  name: string;
  parent_id: number | null;
}

/** The tree of a flat list, each level by name; who names a parent that is not there stands at the top. */
export function toTree<Of extends Placed>(all: Of[], language = "zh"): Tree<Of>[] {
  const branches = new Map<number, Tree<Of>>(all.map((one) => [one.id, { ...one }]));
  const roots: Tree<Of>[] = [];
  for (const branch of branches.values()) {
    const parent = branch.parent_id === null ? undefined : branches.get(branch.parent_id);
    if (parent) (parent.children ??= []).push(branch);
    else roots.push(branch);
  }
  const order = new Intl.Collator(language);
  const sort = (level: Tree<Of>[]) => {
    level.sort((a, b) => order.compare(a.name, b.name));
    level.forEach((branch) => branch.children && sort(branch.children));
  };
  sort(roots);
  return roots;
}

/** The departments something may hang under: not itself, and none below it. */
export function parentsFor(all: Department[], moved: Department | null): Department[] {
  return moved ? all.filter((one) => !one.path.startsWith(moved.path)) : all;
}

export interface Option {
  value: number;
  title: string;
  children?: Option[];
}

export const toOptions = (branches: Branch[]): Option[] =>
  branches.map(({ id, name, children }) => ({ value: id, title: name, children: children && toOptions(children) }));
