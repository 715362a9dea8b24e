import { describe, expect, it } from "vitest";
import type { ModelDocument } from "../types";
import { addIndicator, bandsInOrder, changeBands, changeIndicator, changeScale, keyOf, removeIndicator, sameDocument, toHundred, weightShares, withWeights } from "./draft";

const model: ModelDocument = {
  name: "m",
  bands: { by: "score", vip: 80, important: 60, ordinary: 40 },
  indicators: [
    { code: "revenue", weight: 30, scale: "linear", better: "high", window_months: 12, lo: 0, hi: 10 },
    { code: "recency_days", weight: 10, scale: "percentile", better: "low" },
  ],
};

describe("draft", () => {
  it("names an indicator by code and window", () => {
    expect(model.indicators.map(keyOf)).toEqual(["revenue@12", "recency_days"]);
  });

  it("changes, adds and removes without touching the original", () => {
    const changed = changeIndicator(model, 0, { weight: 50 });
    expect(changed.indicators[0]?.weight).toBe(50);
    expect(model.indicators[0]?.weight).toBe(30);
    const added = addIndicator(model, { code: "profit", weight: 5, scale: "log", better: "high" });
    expect(added.indicators).toHaveLength(3);
    expect(removeIndicator(added, 2)).toEqual(model);
  });

  it("drops what another scale does not understand and gives it what it needs", () => {
    const percentile = changeScale(model, 0, "percentile").indicators[0];
    expect(percentile).not.toHaveProperty("lo");
    expect(changeScale(model, 0, "log").indicators[0]).toMatchObject({ lo: 0, hi: 10 });
    expect(changeScale(model, 0, "steps").indicators[0]?.steps).toHaveLength(2);
  });

  it("gives another kind of bands its usual thresholds", () => {
    const share = changeBands(model, { by: "share" });
    expect(share.bands).toEqual({ by: "share", vip: 0.01, important: 0.1, ordinary: 0.4 });
    expect(bandsInOrder(share.bands)).toBe(true);
    expect(bandsInOrder(changeBands(model, { vip: 50 }).bands)).toBe(false);
    expect(bandsInOrder({ by: "revenue", vip: 0.4, important: 0.3, ordinary: 0.9 })).toBe(false);
  });

  it("sees through the order of keys and unset values, not through a change", () => {
    const other = JSON.parse(JSON.stringify({ indicators: model.indicators, bands: model.bands, name: "m", population: null })) as ModelDocument;
    expect(sameDocument(model, other)).toBe(true);
    expect(sameDocument(model, changeIndicator(model, 1, { weight: 11 }))).toBe(false);
  });

  it("takes weights by key before code, and knows their shares", () => {
    const weighed = withWeights(model, { "revenue@12": 3, recency_days: 1, revenue: 99 });
    expect(weighed.indicators.map((one) => one.weight)).toEqual([3, 1]);
    expect(weightShares(weighed)).toEqual([0.75, 0.25]);
    expect(toHundred({ a: 0.5, b: 1.5 })).toEqual({ a: 25, b: 75 });
    expect(toHundred({ a: 2, b: 1 })).toEqual({ a: 66.7, b: 33.3 });
    expect(weightShares(withWeights(model, { revenue: 0, recency_days: 0 }))).toEqual([0, 0]);
  });
});
