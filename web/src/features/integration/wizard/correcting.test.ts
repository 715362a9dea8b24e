import { expect, it } from "vitest";
import { merged } from "./correcting";
import { NO_CORRECTIONS } from "./draft";

it("keeps the last word on a cell and on a value", () => {
  const once = merged(merged(NO_CORRECTIONS, { row: 2, column: "A", value: "1" }), { column: "A", value: "x", by: "y" });
  expect(once).toEqual({ cells: [{ row: 2, column: "A", value: "1" }], replace: [{ column: "A", value: "x", by: "y" }] });
  const twice = merged(merged(once, { row: 2, column: "A", value: "2" }), { column: "A", value: "x", by: "z" });
  expect(twice).toEqual({ cells: [{ row: 2, column: "A", value: "2" }], replace: [{ column: "A", value: "x", by: "z" }] });
});
