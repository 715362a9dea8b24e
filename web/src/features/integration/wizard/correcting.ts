/** Cells corrected before the import: the last word on a cell or a value counts. */
import type { Corrections } from "../api";

export type Correction = { row: number; column: string; value: string } | { column: string; value: string; by: string };

export function merged({ cells, replace }: Corrections, next: Correction): Corrections {
  if ("row" in next) return { replace, cells: [...cells.filter((one) => one.row !== next.row || one.column !== next.column), next] };
  return { cells, replace: [...replace.filter((one) => one.column !== next.column || one.value !== next.value), next] };
}
