/** Which departments of the map are open: what is shown is a tree, what is remembered is a set of ids. */
import type { Tree } from "@/shared/ui/tree";
import type { MapDepartment } from "./api";

export type Node = Tree<MapDepartment>;
/** As many departments are opened at once from the start. */
const AT_FIRST = 12;

/** Opens level by level while what is seen stays few. */
export function openAtFirst(roots: Node[]): Set<number> {
  const open = new Set<number>();
  let level = roots;
  let shown = roots.length;
  while (level.length) {
    const below = level.flatMap((one) => one.children ?? []);
    if (below.length === 0 || shown + below.length > AT_FIRST) break;
    level.forEach((one) => one.children && open.add(one.id));
    shown += below.length;
    level = below;
  }
  return open;
}

/** Every department that has others below it. */
export function openAll(roots: Node[]): Set<number> {
  const open = new Set<number>();
  const walk = (level: Node[]) =>
    level.forEach((one) => {
      if (!one.children) return;
      open.add(one.id);
      walk(one.children);
    });
  walk(roots);
  return open;
}

/** Departments that have none below them stand under each other, not beside: a wide company still fits. */
export const isStack = (level: Node[]) => level.length > 1 && level.every((one) => !one.children);
