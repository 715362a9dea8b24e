/** The list one came from, so that the next and the previous customer can be gone to. */
import type { Query } from "@/shared/api/request";

export interface Trail {
  /** The address of the list. */
  from: string;
  query: Query;
  /** Where in the whole list the first known row stands. */
  offset: number;
  ids: number[];
  total: number | null;
}

const KEY = "jinzita.customers.trail";

export function keepTrail(trail: Trail): void {
  sessionStorage.setItem(KEY, JSON.stringify(trail));
}

export function readTrail(): Trail | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Trail | null;
    return kept && Array.isArray(kept.ids) && typeof kept.offset === "number" ? kept : null;
  } catch {
    return null;
  }
}

export interface Neighbours {
  /** Counted from 1 in the whole list. */
  position: number;
  previous: number | null;
  next: number | null;
  /** Rows that are not known yet begin here, on either side. */
  missing: { before: boolean; after: boolean };
}

/** Who stands before and after a customer in the list, or null when it is not of it. */
export function neighbours(trail: Trail | null, id: number): Neighbours | null {
  const at = trail?.ids.indexOf(id) ?? -1;
  if (!trail || at < 0) return null;
  const last = at === trail.ids.length - 1;
  return {
    position: trail.offset + at + 1,
    previous: trail.ids[at - 1] ?? null,
    next: trail.ids[at + 1] ?? null,
    missing: { before: at === 0 && trail.offset > 0, after: last && (trail.total === null || trail.offset + trail.ids.length < trail.total) },
  };
}

/** The rows to ask for when the known ones end. */
export function pageBeyond(trail: Trail, size: number, before: boolean): { offset: number; limit: number } {
  if (!before) return { offset: trail.offset + trail.ids.length, limit: size };
  const offset = Math.max(0, trail.offset - size);
  return { offset, limit: trail.offset - offset };
}

/** The trail with more rows, on either side; one that moved meanwhile is known once. */
export function extended(trail: Trail, ids: number[], before: boolean): Trail {
  const fresh = ids.filter((id) => !trail.ids.includes(id));
  return before ? { ...trail, offset: trail.offset - ids.length, ids: [...fresh, ...trail.ids] } : { ...trail, ids: [...trail.ids, ...fresh], total: ids.length === 0 ? trail.offset + trail.ids.length : trail.total };
}
