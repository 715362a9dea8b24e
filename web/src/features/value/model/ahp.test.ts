import { expect, it } from "vitest";
import { matrixOf, pairsOf, saaty } from "./ahp";

it("names every pair once", () => {
  expect(pairsOf(3)).toEqual([[0, 1], [0, 2], [1, 2]]);
  expect(pairsOf(1)).toEqual([]);
});

it("turns the slider into times as important", () => {
  expect([-8, -2, 0, 2, 8].map(saaty)).toEqual([9, 3, 1, 1 / 3, 1 / 9]);
});

it("builds the reciprocal matrix of the textbook example", () => {
  const matrix = matrixOf(3, { "0-1": 2, "0-2": 4, "1-2": 2 });
  const expected = [[1, 1 / 3, 1 / 5], [3, 1, 1 / 3], [5, 3, 1]];
  matrix.flat().forEach((value, index) => expect(value).toBeCloseTo(expected.flat()[index] ?? NaN, 12));
});
