import { expect, it } from "vitest";
import type { ExplainedIndicator, Flow } from "../types";
import { byContribution, difference } from "./Contributions";
import { bandsOf, makesLine } from "./HistoryChart";
import { nodesOf } from "./MovementSankey";
import { stepsOf } from "./WaterfallChart";

const indicator = (code: string, contribution: number | null, average: number | null): ExplainedIndicator => ({
  key: code, code, window_months: null, label: code, family: "transaction", unit: "count", value: 1, points: 50, weight: 10, contribution,
  grade_average_points: 50, grade_average_contribution: average, kept_back: false, missing: contribution === null,
});

const all = [indicator("a", 30, 20), indicator("b", 5, 12), indicator("c", null, 8), indicator("d", 20, 20)];

it("puts the largest contribution first and what is left out last", () => {
  expect(byContribution(all).map((one) => one.code)).toEqual(["a", "d", "b", "c"]);
  expect(difference(all[1] as ExplainedIndicator)).toBe(-7);
  expect(difference(all[2] as ExplainedIndicator)).toBeNull();
});

it("steps from the grade's average to the score and ends there", () => {
  const { start, steps } = stepsOf(all, 55);
  expect(start).toBe(60);
  expect(steps.map((step) => step.code)).toEqual(["a", "b", "rest"]);
  expect(steps[0]).toEqual({ code: "a", from: 60, to: 70 });
  expect(steps.at(-1)?.to).toBe(55);
  steps.slice(1).forEach((step, index) => expect(step.from).toBe(steps[index]?.to));
});

it("covers the whole scale of scores with bands", () => {
  const bands = bandsOf({ vip: 80, important: 60, ordinary: 40 });
  expect(bands.map((band) => [band.from, band.to])).toEqual([[0, 40], [40, 60], [60, 80], [80, 100]]);
});

it("draws only grades that somebody left or entered, best first", () => {
  const flows: Flow[] = [
    { from: "small", to: "vip", customers: 2, revenue: 0 },
    { from: "vip", to: "vip", customers: 1, revenue: 0 },
    { from: "ordinary", to: "small", customers: 0, revenue: 0 },
  ];
  expect(nodesOf(flows).map(({ side, grade }) => `${side}:${grade}`)).toEqual(["from:vip", "from:small", "to:vip"]);
});

it("draws a line only over several days", () => {
  expect(makesLine([{ at: "2026-01-01T08:00:00Z" }, { at: "2026-01-02T08:00:00Z" }])).toBe(false);
  expect(makesLine([{ at: "2026-01-01T08:00:00Z" }, { at: "2026-02-01T08:00:00Z" }])).toBe(true);
  expect(makesLine([])).toBe(false);
});
