import { useCallback, useEffect, useMemo } from "react";
import { useSearchParams } from "react-router";
import { useViews, type View } from "@/shared/views/api";
import { readSearch, writeSearch, type AuditSearch } from "./search";
import { contentOf, searchOf } from "./views";

const NOTHING = readSearch(new URLSearchParams());

/** What the log is searched for, and the saved view it began with; both are in the address. */
export function useAuditView() {
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => readSearch(params), [params]);
  const all = useViews("audit").data;
  const views = useMemo(() => (all ?? []).filter((one) => searchOf(one.content)), [all]);
  const named = params.get("view");
  const view = views.find((one) => String(one.id) === named) ?? null;
  const kept = view && searchOf(view.content);

  const put = useCallback(
    (next: AuditSearch, of: string | null, replace = false) => {
      const address = writeSearch(next);
      if (of) address.set("view", of);
      setParams(address, { replace });
    },
    [setParams],
  );
  const open = useCallback((next: View | null, replace = false) => put((next && searchOf(next.content)) ?? NOTHING, next ? String(next.id) : "all", replace), [put]);

  // Opened without any wish of its own, the log begins with the default view.
  const bare = params.size === 0;
  const usual = views.find((one) => one.is_default);
  useEffect(() => {
    if (bare && usual) open(usual, true);
  }, [bare, usual, open]);

  return {
    search,
    change: (change: Partial<AuditSearch>) => put({ ...search, ...change }, named),
    views,
    view,
    open: (next: View | null) => open(next),
    changed: kept !== null && writeSearch(kept).toString() !== writeSearch(search).toString(),
    content: () => contentOf(search),
  };
}
