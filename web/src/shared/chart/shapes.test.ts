import { expect, it } from "vitest";
import { withValues } from "./download";
import { sparklinePoints } from "./Sparkline";

it("draws a line from left to right, high values at the top", () => {
  expect(sparklinePoints([0, 10], 100, 20)).toBe("2.0,18.0 98.0,2.0");
  expect(sparklinePoints([4, 6], 100, 20, 8)).toBe("2.0,12.0 98.0,8.0");
  expect(sparklinePoints([5], 100, 20)).toBe("2.0,10.0 98.0,10.0");
  expect(sparklinePoints([], 100, 20)).toBe("");
});

it("puts the values of CSS variables into an exported picture and leaves unknown ones", () => {
  const read = (name: string) => (name === "--grade-vip-fill" ? " #C8912B" : "");
  expect(withValues('<path fill="var(--grade-vip-fill)" stroke="var(--none)"/>', read)).toBe('<path fill="#C8912B" stroke="var(--none)"/>');
});
