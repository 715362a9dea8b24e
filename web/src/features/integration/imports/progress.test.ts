import { describe, expect, it } from "vitest";
import { addsUp, percentOf } from "./progress";

describe("percentOf", () => {
  it("never says 100 before it is done, and does not guess", () => {
    expect(percentOf({ progress: 999, total: 1000, state: "running" })).toBe(99);
    expect(percentOf({ progress: 5, total: null, state: "running" })).toBeNull();
    expect(percentOf({ progress: 0, total: 0, state: "done" })).toBe(100);
    expect(percentOf({ progress: 12, total: 10, state: "failed" })).toBe(100);
  });
});

it("notices when rows are missing", () => {
  expect(addsUp({ read: 10, created: 3, updated: 3, unchanged: 2, bad: 2 })).toBe(true);
  expect(addsUp({ read: 10, created: 3, updated: 3, unchanged: 2, bad: 1 })).toBe(false);
});
