/** What comes as a flat list and is shown as a tree, such as departments. */

/** A record, of whichever kind, with those below it. */
export type Tree<Of> = Of & { children?: Tree<Of>[] };

type Key = number | string;
interface Placed {
  id: Key;
  name: string;
  parent_id?: Key | null;
}

/** The tree of a flat list, each level by name; who names a parent that is not there stands at the top. */
export function toTree<Of extends Placed>(all: Of[], language = "zh"): Tree<Of>[] {
  const branches = new Map<Key, Tree<Of>>(all.map((one) => [one.id, { ...one }]));
  const roots: Tree<Of>[] = [];
  for (const branch of branches.values()) {
    const parent = branch.parent_id == null ? undefined : branches.get(branch.parent_id);
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

interface Option {
  value: Key;
  title: string;
  children?: Option[];
}

export const toOptions = (branches: Tree<Placed>[]): Option[] =>
  branches.map(({ id, name, children }) => ({ value: id, title: name, children: children && toOptions(children) }));
