import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { Field } from "@/shared/api/types";
import { writeListState, type ListControl } from "@/shared/list/useListState";
import { keepColumns, readColumns, type Column } from "@/shared/table/layout";
import { useViews, type View } from "@/shared/views/api";
import { contentOf, isChanged, shapeOf } from "@/shared/views/content";
import { LAYOUT, knownColumns } from "./fields";

const WHOLE = "all";

/** The saved view that is open, the columns shown, and whether they are still what the view says. */
export function useView(list: ListControl, fields: Field[], usualSort: string) {
  const [params, setParams] = useSearchParams();
  const views = useViews("customers").data;
  const named = params.get("view");
  const view = views?.find((one) => String(one.id) === named) ?? null;
  const place = view ? String(view.id) : "";
  const [chosen, setChosen] = useState<{ place: string; columns: Column[] | null }>(() => ({ place, columns: readColumns(LAYOUT, place) }));
  const own = chosen.place === place ? chosen.columns : readColumns(LAYOUT, place);
  const columns = useMemo(() => knownColumns(fields, own ?? view?.content.columns ?? null), [fields, own, view]);

  const put = useCallback(
    (next: Column[] | null) => {
      keepColumns(LAYOUT, place, next);
      setChosen({ place, columns: next });
    },
    [place],
  );
  const go = useCallback(
    (next: View | null, replace: boolean) => {
      const shape = next ? shapeOf(next.content) : { filter: { mode: "all" as const, conditions: [] }, q: "", sort: usualSort, group: null };
      const start = new URLSearchParams({ view: next ? String(next.id) : WHOLE });
      setParams(writeListState({ ...shape, sort: shape.sort ?? usualSort, page: 1, size: list.size }, usualSort, start), { replace });
    },
    [setParams, usualSort, list.size],
  );
  const open = useCallback(
    (next: View | null) => {
      // Opened anew, a view shows what it keeps; so does the list without one.
      const there = next ? String(next.id) : "";
      keepColumns(LAYOUT, there, null);
      setChosen({ place: there, columns: null });
      go(next, false);
    },
    [go],
  );

  // Opened without any wish of its own, the list begins with the default view.
  const bare = params.size === 0;
  const usual = views?.find((one) => one.is_default);
  useEffect(() => {
    if (bare && usual) go(usual, true);
  }, [bare, usual, go]);

  return {
    views: views ?? [],
    view,
    columns,
    put,
    open,
    changed: view !== null && isChanged(view.content, list, own, usualSort),
    content: () => contentOf(list, columns),
  };
}
