import { describe, expect, it } from "vitest";
import { moved, partOf, WHOLE } from "./crop";

const wide = { width: 400, height: 200 };

describe("the square of a photo", () => {
  it("is the largest in the middle", () => {
    expect(partOf(wide, WHOLE)).toEqual({ left: 100, top: 0, side: 200 });
    expect(partOf(wide, { ...WHOLE, zoom: 2 })).toEqual({ left: 150, top: 50, side: 100 });
  });

  it("never leaves the picture", () => {
    expect(partOf(wide, moved(wide, WHOLE, 5, 5))).toEqual({ left: 0, top: 0, side: 200 });
    expect(partOf(wide, moved(wide, WHOLE, -5, -5))).toEqual({ left: 200, top: 0, side: 200 });
    expect(partOf(wide, { x: 0, y: 1, zoom: 2 })).toEqual({ left: 0, top: 100, side: 100 });
  });

  it("moves with the pointer", () => {
    expect(partOf(wide, moved(wide, WHOLE, 0.25, 0))).toEqual({ left: 50, top: 0, side: 200 });
  });
});
