import { expect, it } from "vitest";
import type { ModelDocument } from "../types";
import { heaviest, matrixOf, pairsOf, saaty, shareOut } from "./ahp";

const model: ModelDocument = {
  name: "m",
  bands: { by: "score", vip: 80, important: 60, ordinary: 40 },
  indicators: [10, 30, 5, 15].map((weight, at) => ({ code: `i${at}`, weight, scale: "log", better: "high" })),
};

it("names every pair once", () => {
  expect(pairsOf(["a", "b", "c"])).toEqual([["a", "b"], ["a", "c"], ["b", "c"]]);
  expect(pairsOf(["a"])).toEqual([]);
});

it("turns the slider into times as important", () => {
  expect([-8, -2, 0, 2, 8].map(saaty)).toEqual([9, 3, 1, 1 / 3, 1 / 9]);
});

it("builds the reciprocal matrix of the textbook example, whatever the order of the keys", () => {
  const judgements = { "a|b": 2, "a|c": 4, "b|c": 2 };
  const expected = [[1, 1 / 3, 1 / 5], [3, 1, 1 / 3], [5, 3, 1]];
  matrixOf(["a", "b", "c"], judgements).flat().forEach((value, at) => expect(value).toBeCloseTo(expected.flat()[at] ?? NaN, 12));
  expect(matrixOf(["c", "a"], judgements)[0]?.[1]).toBeCloseTo(5, 12);
});

it("compares the weightiest first, in the model's order", () => {
  expect(heaviest(model, 2)).toEqual(["i1", "i3"]);
});

it("shares out what the compared ones weighed together", () => {
  expect(shareOut(model, ["i1", "i3"], [0.25, 0.75])).toEqual({ i1: 11.3, i3: 33.8 });
});
