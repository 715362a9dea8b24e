import type { Import } from "../api";

type Running = Pick<Import, "progress" | "total" | "state">;

/** The share done in percent, or null while it is not known how much there is. */
export function percentOf({ progress, total, state }: Running): number | null {
  if (state === "done") return 100;
  if (!total) return null;
  return Math.max(0, Math.min(100, Math.floor((progress / total) * 100)));
}

/** Whether every row read is accounted for. */
export function addsUp({ read, created, updated, unchanged, bad }: Pick<Import, "read" | "created" | "updated" | "unchanged" | "bad">): boolean {
  return read === created + updated + unchanged + bad;
}
