/** Page, sorting, filter and search of a list, kept in the address so that a view can be sent and gone back to. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Query } from "../api/request";
import { type Group } from "../filter/filter";
import { filterAddress, isUnreadable, readFilter, writeFilter } from "../filter/written";

export const PAGE_SIZES = [25, 50, 100, 200];
const DEFAULT_SIZE = 50;

interface ListState {
  page: number;
  size: number;
  sort: string | null;
  filter: Group;
  q: string;
  /** The field by which the list is put in groups. */
  group: string | null;
  /** The group that is open, as `keyOf` names it. */
  open: string | null;
}

export interface ListControl extends ListState {
  /** What the list request needs. */
  query: Query;
  /** What the count and export requests need. */
  scope: Query;
  /** The address has a filter that cannot be read: everything is shown. */
  unreadable: boolean;
  set: (change: Partial<ListState>) => void;
}

function positive(text: string | null, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}

export function readListState(params: URLSearchParams, defaultSort: string | null): ListState {
  return {
    page: positive(params.get("page"), 1),
    size: Math.min(positive(params.get("size"), DEFAULT_SIZE), 200),
    sort: params.get("sort") ?? defaultSort,
    filter: readFilter(params.get("filter")),
    q: params.get("q") ?? "",
    group: params.get("group"),
    open: params.get("open"),
  };
}

/** In the address, in place of a saved view: the list without one. */
export const WHOLE = "all";
/** What of an address says which rows are shown, and how. */
const SAID = ["filter", "q", "sort", "group"];

/** Whether an address names a saved view and nothing else: the view is then opened as it was kept. */
export const isBareView = (params: URLSearchParams) => (params.get("view") ?? WHOLE) !== WHOLE && !SAID.some((key) => params.has(key));

/**
 * The address of a list in a state; what is usual is left out. Of a view that shows nothing but the usual, the
 * empty search is said: without it the address would be that of the view as it was kept.
 */
export function writeListState(state: ListState, defaultSort: string | null, params = new URLSearchParams()): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (key: string, value: string | null) => (value ? next.set(key, value) : next.delete(key));
  put("page", state.page > 1 ? String(state.page) : null);
  put("size", state.size !== DEFAULT_SIZE ? String(state.size) : null);
  put("sort", state.sort !== defaultSort ? state.sort : null);
  put("filter", filterAddress(state.filter));
  put("q", state.q.trim() || null);
  put("group", state.group);
  // Without a name it is the group of the rows that have no value.
  if (state.group === null || state.open === null) next.delete("open");
  else next.set("open", state.open);
  if (isBareView(next)) next.set("q", "");
  return next;
}

export function useListState(defaultSort: string | null = null): ListControl {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readListState(params, defaultSort), [params, defaultSort]);
  const set = useCallback(
    (change: Partial<ListState>) => {
      const moved = { ...("page" in change ? {} : { page: 1 }), ...("group" in change ? { open: null } : {}) };
      setParams((now) => writeListState({ ...readListState(now, defaultSort), ...moved, ...change }, defaultSort, now), {
        replace: "q" in change,
      });
    },
    [setParams, defaultSort],
  );
  const filter = writeFilter(state.filter);
  const scope = useMemo(() => ({ filter, q: state.q.trim() || null }), [filter, state.q]);
  const query = useMemo(
    () => ({ ...scope, limit: state.size, offset: (state.page - 1) * state.size, sort: state.sort }),
    [scope, state.size, state.page, state.sort],
  );
  return { ...state, query, scope, unreadable: isUnreadable(params.get("filter")), set };
}
