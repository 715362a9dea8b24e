/** What is being filled in on the page of hand-overs. */
import type { StageCode, Standing } from "@/shared/api/types";
import type { Chosen } from "@/shared/list/selection";
import type { Wanted } from "./api";

export type Source = "person" | "department" | "chosen";

export interface Draft {
  source: Source;
  user_id: number | null;
  department_id: number | null;
  grades: Standing[];
  stages: StageCode[];
  to: number[];
  how: "equally" | "by_load";
  within_department: boolean;
  over_capacity: boolean;
}

export const draftOf = (chosen: Chosen | null, personId: number | null): Draft => ({
  source: chosen ? "chosen" : "person",
  user_id: personId,
  department_id: null,
  grades: [],
  stages: [],
  to: [],
  how: "equally",
  within_department: false,
  over_capacity: false,
});

/** What the server is asked; null while it is not said whose customers go, or to whom. */
export function wantedOf(draft: Draft, chosen: Chosen | null): Wanted | null {
  const { source, user_id, department_id, ...rest } = draft;
  const to = draft.to.filter((id) => source !== "person" || id !== user_id);
  if (to.length === 0) return null;
  if (source === "person") return user_id === null ? null : { ...rest, to, user_id };
  if (source === "department") return department_id === null ? null : { ...rest, to, department_id };
  if (!chosen) return null;
  return { ...rest, to, ...(chosen.ids ? { ids: chosen.ids } : { filter: chosen.filter ?? null, q: chosen.q ?? null }) };
}

/** What came with the address's state, when it is what the list hands over. */
export function chosenIn(state: unknown): Chosen | null {
  if (typeof state !== "object" || state === null || !("handOver" in state)) return null;
  return state.handOver as Chosen;
}
