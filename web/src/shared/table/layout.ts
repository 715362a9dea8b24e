/** Which columns a list shows, in which order and how wide. */

export interface Column {
  code: string;
  width: number | null;
}

/** The column moved to stand before another; the first, by which a row is known, stays first. */
export function moved(columns: Column[], code: string, before: string): Column[] {
  const one = columns.find((column) => column.code === code);
  const first = columns[0]?.code;
  if (!one || code === before || code === first) return columns;
  const others = columns.filter((column) => column.code !== code);
  const at = others.findIndex((column) => column.code === before);
  if (at < 0) return columns;
  const from = columns.indexOf(one);
  // Dragged to the right it lands behind the one it is dropped on, to the left before it.
  const place = Math.max(1, from < columns.findIndex((column) => column.code === before) ? at + 1 : at);
  return [...others.slice(0, place), one, ...others.slice(place)];
}

/** The column one place further up or down. */
export function shifted(columns: Column[], code: string, by: -1 | 1): Column[] {
  const target = columns[columns.findIndex((column) => column.code === code) + by];
  return target ? moved(columns, code, target.code) : columns;
}

export const widened = (columns: Column[], code: string, width: number): Column[] => columns.map((column) => (column.code === code ? { ...column, width } : column));

/** With these codes: those kept stay where they are, new ones come at the end. */
export function withCodes(columns: Column[], codes: string[]): Column[] {
  const kept = columns.filter((column) => codes.includes(column.code));
  const known = new Set(kept.map((column) => column.code));
  return [...kept, ...codes.filter((code) => !known.has(code)).map((code) => ({ code, width: null }))];
}

const isColumn = (one: unknown): one is Column => typeof one === "object" && one !== null && typeof (one as Column).code === "string";

function readAll(key: string): Record<string, Column[]> {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as unknown;
    if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, columns]) => Array.isArray(columns) && columns.every(isColumn)));
  } catch {
    return {};
  }
}

/** The columns chosen in this browser for a view of a list ("" is the list without a view), or null. */
export function readColumns(key: string, view: string): Column[] | null {
  return readAll(key)[view] ?? null;
}

export function keepColumns(key: string, view: string, columns: Column[] | null): void {
  const all = readAll(key);
  if (columns) all[view] = columns;
  else delete all[view];
  localStorage.setItem(key, JSON.stringify(all));
}
