import { describe, expect, it } from "vitest";
import { area, cuts, pyramid } from "./geometry";

const heights = (at: number[]) => at.slice(1).map((end, index) => end - (at[index] ?? 0));

describe("cuts", () => {
  it("go from the tip to the ground, each below the one before", () => {
    const at = cuts([0.01, 0.09, 0.3, 0.6], 0.16);
    expect(at[0]).toBe(0);
    expect(at.at(-1)).toBe(1);
    heights(at).forEach((height) => expect(height).toBeGreaterThan(0));
  });

  it("lie at the square root of the cumulative share when every tier is high enough", () => {
    const at = cuts([0.0625, 0.1875, 0.3125, 0.4375], 0.05);
    [0, 0.25, 0.5, 0.75, 1].forEach((expected, index) => expect(at[index]).toBeCloseTo(expected, 10));
  });

  it("keep the least height for a grade of few customers or of none", () => {
    for (const shares of [[0, 0, 0, 1], [0.001, 0.004, 0.015, 0.98], [0, 0, 0, 0], [1, 0, 0, 0]]) {
      heights(cuts(shares, 0.16)).forEach((height) => expect(height).toBeGreaterThan(0.16 - 1e-9));
    }
  });
});

describe("pyramid", () => {
  it("gives areas in the proportion of customers", () => {
    const shares = [0.05, 0.15, 0.3, 0.5];
    const tiers = pyramid(shares, 400, 300, { least: 0.05, gap: 0 });
    const areas = tiers.map((tier) => area(tier.front));
    const total = areas.reduce((sum, one) => sum + one, 0);
    areas.forEach((one, index) => expect(one / total).toBeCloseTo(shares[index] ?? 0, 6));
  });

  it("is a pyramid: the tip is a triangle, each tier wider than the one above", () => {
    const tiers = pyramid([0.02, 0.1, 0.28, 0.6], 400, 300);
    expect(tiers[0]?.front).toHaveLength(3);
    tiers.slice(1).forEach((tier, index) => {
      expect(tier.front).toHaveLength(4);
      expect(tier.right).toBeGreaterThan(tiers[index]?.right ?? Infinity);
      expect(tier.middle).toBeGreaterThan(tiers[index]?.middle ?? Infinity);
    });
  });

  it("stays inside its box", () => {
    for (const { front, side } of pyramid([0.25, 0.25, 0.25, 0.25], 320, 240)) {
      for (const { x, y } of [...front, ...side]) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(320);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(240);
      }
    }
  });
});
