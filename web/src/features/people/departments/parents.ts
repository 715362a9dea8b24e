import type { Department } from "../api";

/** The departments something may hang under: not itself, and none below it. */
export function parentsFor(all: Department[], moved: Department | null): Department[] {
  return moved ? all.filter((one) => !one.path.startsWith(moved.path)) : all;
}
