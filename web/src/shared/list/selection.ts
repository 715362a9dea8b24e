/** Which rows of a list are chosen: some of them, or all that the list finds. */
import { useMemo, useState } from "react";

export interface Selection {
  ids: number[];
  /** All results of the filter and search, also on pages never opened. */
  all: boolean;
}

/** What a list hands to another page: the chosen rows, or all that its filter finds. */
export interface Chosen {
  ids?: number[];
  filter?: Record<string, unknown> | null;
  q?: string | null;
  count: number;
}

export const NOTHING: Selection = { ids: [], all: false };

/** How many rows are chosen. */
export const sizeOf = (selection: Selection, total: number | undefined): number => (selection.all ? (total ?? 0) : selection.ids.length);

/** After the boxes of a page were changed: leaving one out of "all" leaves the others of the page. */
export function changed(ids: number[]): Selection {
  return { ids, all: false };
}

/** One row more or less. */
export function toggled(selection: Selection, id: number, page: number[]): Selection {
  const ids = selection.all ? page : selection.ids;
  return changed(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
}

/** The choice holds for one filter and search: with others it starts anew. */
export function useSelection(scope: string) {
  const [kept, setKept] = useState<{ scope: string; selection: Selection }>({ scope, selection: NOTHING });
  const selection = kept.scope === scope ? kept.selection : NOTHING;
  return useMemo(() => {
    const put = (next: Selection) => setKept({ scope, selection: next });
    return { selection, put, clear: () => put(NOTHING) };
  }, [selection, scope]);
}
