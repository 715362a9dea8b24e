import { expect, it } from "vitest";
import { NO_FIXES, cellOf, filledDown, isFixed, retryOf, withAllEqual, withCell } from "./fixing";

const rows = [
  { number: 2, cells: ["T2", "gift"] },
  { number: 3, cells: ["T3", "gift"] },
  { number: 9, cells: ["T9", "loan"] },
] as const satisfies { number: number; cells: string[] }[];

it("corrects a cell, and all that hold the same", () => {
  const one = withCell(NO_FIXES, 2, 1, "sale");
  expect(cellOf(one, rows[0], 1)).toBe("sale");
  expect(cellOf(one, rows[1], 1)).toBe("gift");
  const all = withAllEqual(one, rows[0], 1);
  expect([cellOf(all, rows[1], 1), cellOf(all, rows[2], 1)]).toEqual(["sale", "loan"]);
  expect(retryOf(all, [...rows], ["key", "kind"])).toEqual({
    rows: [{ number: 2, cells: ["T2", "sale"] }],
    replace: [{ column: "kind", value: "gift", by: "sale" }],
  });
});

it("fills down", () => {
  const down = filledDown(NO_FIXES, [...rows].slice(1), 1, "return");
  expect(rows.map((row) => cellOf(down, row, 1))).toEqual(["gift", "return", "return"]);
  expect([isFixed(NO_FIXES), isFixed(down)]).toEqual([false, true]);
});
