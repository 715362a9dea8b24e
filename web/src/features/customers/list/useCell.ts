import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Page } from "@/shared/api/types";

export interface Cell {
  id: number;
  code: string;
}

interface Versioned {
  id: number;
  version?: number | null;
}

/** The cell of a list that is edited in place; the pages of the list stand in the cache under `key`. */
export function useCell<Row extends Versioned>(key: QueryKey) {
  const client = useQueryClient();
  const [cell, setCell] = useState<Cell | null>(null);
  // The version somebody began to edit: news may renew the row in the list while the editor is open.
  const begun = useRef<number | null>(null);

  const open = ({ id, code }: Cell) => {
    const pages = client.getQueriesData<Page<Row>>({ queryKey: key }).map(([, page]) => page);
    begun.current = pages.flatMap((page) => (page && "items" in page ? page.items : [])).find((row) => row.id === id)?.version ?? null;
    setCell({ id, code });
  };
  /** Only the cell it is said of: the next one may be open by then. */
  const close = ({ id, code }: Cell) => setCell((now) => (now?.id === id && now.code === code ? null : now));
  /** Shows a row otherwise than it was loaded, until the list is asked again. */
  const show = (id: number, change: (row: Row) => Row) =>
    client.setQueriesData<Page<Row>>({ queryKey: key }, (page) =>
      page && "items" in page ? { ...page, items: page.items.map((row) => (row.id === id ? change(row) : row)) } : page,
    );
  const versionOf = (row: Row) => begun.current ?? row.version ?? undefined;
  return { cell, open, close, show, versionOf };
}
