/** Corrections of rows that could not be used: single cells, and values replaced wherever they stand in a column. */

export interface Row {
  number: number;
  cells: string[];
}

export interface Fixes {
  /** By row number and column. */
  cells: Record<number, Record<number, string>>;
  replace: { column: number; value: string; by: string }[];
}

export const NO_FIXES: Fixes = { cells: {}, replace: [] };

/** The cell as it will be imported. */
export function cellOf(fixes: Fixes, row: Row, column: number): string {
  const raw = row.cells[column] ?? "";
  return fixes.cells[row.number]?.[column] ?? fixes.replace.find((one) => one.column === column && one.value === raw)?.by ?? raw;
}

export function withCell(fixes: Fixes, row: number, column: number, value: string): Fixes {
  return { ...fixes, cells: { ...fixes.cells, [row]: { ...fixes.cells[row], [column]: value } } };
}

/** Every cell of the column that holds the same as this one gets what this one got. */
export function withAllEqual(fixes: Fixes, row: Row, column: number): Fixes {
  const value = row.cells[column] ?? "";
  const by = cellOf(fixes, row, column);
  return { ...fixes, replace: [...fixes.replace.filter((one) => one.column !== column || one.value !== value), { column, value, by }] };
}

/** The rows below get what this one got. */
export function filledDown(fixes: Fixes, below: Row[], column: number, value: string): Fixes {
  return below.reduce((all, one) => withCell(all, one.number, column, value), fixes);
}

export const isFixed = (fixes: Fixes): boolean => fixes.replace.length > 0 || Object.keys(fixes.cells).length > 0;

/** What the server is told: whole corrected rows, and the replacements by the names of their columns. */
export function retryOf(fixes: Fixes, rows: Row[], columns: string[]) {
  return {
    rows: rows.filter((row) => fixes.cells[row.number]).map((row) => ({ number: row.number, cells: row.cells.map((_, column) => cellOf(fixes, row, column)) })),
    replace: fixes.replace.map(({ column, value, by }) => ({ column: columns[column] ?? "", value, by })),
  };
}
