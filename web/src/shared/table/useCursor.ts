/** Moves through a table by keyboard: a marked row, and in it a marked cell. */
import { useEffect, useMemo, useRef, type RefObject } from "react";

export interface Place {
  row: number;
  column: string | null;
}

/** The place after a step, held within the rows and columns there are; up from nowhere begins at the last row. */
export function stepped(place: Place, rows: number, columns: string[], down: number, right: number): Place {
  if (rows === 0) return { row: -1, column: null };
  const row = place.row < 0 ? (down >= 0 ? 0 : rows - 1) : Math.max(0, Math.min(rows - 1, place.row + down));
  if (right === 0) return { row, column: place.column };
  const at = place.column === null ? -1 : columns.indexOf(place.column);
  const next = at + right;
  return { row, column: next < 0 ? null : (columns[Math.min(next, columns.length - 1)] ?? null) };
}

/** Other rows: nothing is marked, unless the place `stays`, as where one after the other is done with and goes. */
interface Options {
  /** The attribute by which a row's element is known. */
  known?: string;
  stays?: boolean;
}

/** The marks are put on the table directly: moving draws nothing anew. */
export function useCursor<T extends { id: number }>(box: RefObject<HTMLElement | null>, rows: T[], columns: string[], { known = "data-row-key", stays = false }: Options = {}) {
  const place = useRef<Place>({ row: -1, column: null });
  const now = useRef({ rows, columns });
  const ids = rows.map((row) => row.id).join();
  useEffect(() => {
    now.current = { rows, columns };
  });
  const cursor = useMemo(() => {
    const mark = () => {
      const element = box.current;
      if (!element) return;
      for (const old of element.querySelectorAll("[data-active]")) old.removeAttribute("data-active");
      const row = now.current.rows[place.current.row];
      const line = row && element.querySelector(`[${known}="${row.id}"]`);
      if (!line) return;
      line.setAttribute("data-active", "");
      const cell = place.current.column === null ? null : line.querySelector(`td[data-column="${CSS.escape(place.current.column)}"]`);
      cell?.setAttribute("data-active", "");
      (cell ?? line).scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    const put = (next: Place) => {
      place.current = next;
      mark();
    };
    return {
      move: (down: number, right = 0) => put(stepped(place.current, now.current.rows.length, now.current.columns, down, right)),
      put: (id: number, column: string | null) => put({ row: now.current.rows.findIndex((row) => row.id === id), column: column !== null && now.current.columns.includes(column) ? column : null }),
      row: (): T | undefined => now.current.rows[place.current.row],
      column: () => place.current.column,
      mark,
      clear: () => put({ row: -1, column: null }),
    };
  }, [box, known]);
  useEffect(() => {
    place.current = stays ? { ...place.current, row: Math.min(place.current.row, now.current.rows.length - 1) } : { row: -1, column: null };
  }, [ids, stays]);
  // The same rows drawn anew: the marks are put back.
  useEffect(() => {
    cursor.mark();
  });
  return cursor;
}

export type Cursor<T extends { id: number }> = ReturnType<typeof useCursor<T>>;
