import { describe, expect, it } from "vitest";
import { GRADES } from "../api/types";
import { GRADE_COLOURS, GROUND, cssVariables, type Mode } from "./tokens";

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark"] as Mode[])("colours in %s", (mode) => {
  const ground = GROUND[mode];

  it.each(GRADES)("write %s readably (AA) on a badge and on the page", (grade) => {
    const { ink, tint } = GRADE_COLOURS[mode][grade];
    for (const under of [tint, ground.panel, ground.page]) expect(contrast(ink, under)).toBeGreaterThanOrEqual(4.5);
  });

  it("write text, hints, links, up and down readably", () => {
    for (const ink of [ground.text, ground.muted, ground.link, ground.up, ground.down, ground.warning]) {
      for (const under of [ground.panel, ground.page, ground.raised]) expect(contrast(ink, under)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(ground.primary, ground.chosen)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ground.up, ground.upTint)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ground.down, ground.downTint)).toBeGreaterThanOrEqual(4.5);
  });

  it("keep the grades' own colours everywhere", () => {
    const variables = cssVariables(mode);
    expect(GRADES.map((grade) => variables[`--grade-${grade}-fill`])).toEqual(["#C8912B", "#2F6FDE", "#2BA48A", "#8A94A6"]);
  });
});
