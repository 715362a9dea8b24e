import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { Field } from "../api/types";
import { isBareView, WHOLE, writeListState, type ListControl } from "../list/useListState";
import { knownColumns } from "../table/columns";
import { keepColumns, moved, readColumns, widened, type Column } from "../table/layout";
import { useViews, type View } from "./api";
import { contentOf, isChanged, shapeOf } from "./content";

/** Where the columns chosen in this browser are kept. */
const layoutOf = (kind: string) => `jinzita.${kind}.layout`;

/** The saved view of a list that is open, the columns shown, and whether they are still what the view says. */
export function useView(kind: string, list: ListControl, fields: Field[], usualSort: string | null) {
  const [params, setParams] = useSearchParams();
  const { data: views, isPending } = useViews(kind);
  const kept = layoutOf(kind);
  const named = params.get("view");
  const view = views?.find((one) => String(one.id) === named) ?? null;
  const place = view ? String(view.id) : "";
  const [chosen, setChosen] = useState<{ place: string; columns: Column[] | null }>(() => ({ place, columns: readColumns(kept, place) }));
  const bareView = isBareView(params) && view !== null;
  // Opened by its bare address, a view shows the columns it keeps.
  if (bareView && chosen.place === place && chosen.columns) setChosen({ place, columns: null });
  const own = bareView ? null : chosen.place === place ? chosen.columns : readColumns(kept, place);
  const columns = useMemo(() => knownColumns(fields, own ?? view?.content.columns ?? null), [fields, own, view]);

  const put = useCallback(
    (next: Column[] | null) => {
      keepColumns(kept, place, next);
      setChosen({ place, columns: next });
    },
    [kept, place],
  );
  const go = useCallback(
    (next: View | null, replace: boolean) => {
      const shape = next ? shapeOf(next.content) : { filter: { mode: "all" as const, conditions: [] }, q: "", sort: usualSort, group: null };
      const start = new URLSearchParams({ view: next ? String(next.id) : WHOLE });
      setParams(writeListState({ ...shape, sort: shape.sort ?? usualSort, open: null, page: 1, size: list.size }, usualSort, start), { replace });
    },
    [setParams, usualSort, list.size],
  );
  const open = useCallback(
    (next: View | null) => {
      // Opened anew, a view shows what it keeps; so does the list without one.
      const there = next ? String(next.id) : "";
      keepColumns(kept, there, null);
      setChosen({ place: there, columns: null });
      go(next, false);
    },
    [kept, go],
  );
  const onWiden = useCallback((code: string, width: number) => put(widened(columns, code, width)), [put, columns]);
  const onMove = useCallback((code: string, before: string) => put(moved(columns, code, before)), [put, columns]);

  // Opened without any wish of its own, the list begins with the default view; by the bare address of a view, as
  // somebody sends it, with that one.
  const bare = params.size === 0;
  const usual = views?.find((one) => one.is_default);
  useEffect(() => {
    if (bare && usual) go(usual, true);
    else if (bareView) {
      keepColumns(kept, place, null);
      go(view, true);
    }
  }, [bare, bareView, usual, view, kept, place, go]);

  const undecided = isPending ? bare || isBareView(params) : (bare && usual !== undefined) || bareView;
  return {
    views: views ?? [],
    view,
    /** Whether it is known what the list shows: until then its rows are those of no view. */
    settled: !undecided,
    columns,
    put,
    onWiden,
    onMove,
    open,
    changed: view !== null && isChanged(view.content, list, own, usualSort),
    content: () => contentOf(list, columns),
  };
}
