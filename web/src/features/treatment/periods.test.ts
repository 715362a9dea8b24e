import { describe, expect, it } from "vitest";
import { shifted, titleOf } from "./periods";

describe("periods", () => {
  it("goes over the end of a year", () => {
    expect(shifted("2026-01-31", "month", -1)).toBe("2025-12-01");
    expect(shifted("2026-11-30", "quarter", 1)).toBe("2027-01-01");
    expect(shifted("2026-05-06", "year", -1)).toBe("2025-01-01");
  });
  it("names them", () => {
    expect([titleOf("2026-05-06", "month"), titleOf("2026-05-06", "quarter"), titleOf("2026-05-06", "year")]).toEqual(["2026-05", "2026 Q2", "2026"]);
  });
});
