import { describe, expect, it } from "vitest";
import { isOver, paceOf } from "./watched";

describe("the pace of a job", () => {
  const job = { started_at: "2026-01-01T00:00:00Z", progress: 200, total: 1000 };
  const at = (seconds: number) => Date.parse(job.started_at) + seconds * 1000;
  it("tells rate and time left", () => expect(paceOf(job, at(4))).toEqual({ rate: 50, left: 16 }));
  it("knows no end without a total", () => expect(paceOf({ ...job, total: null }, at(4))).toEqual({ rate: 50, left: null }));
  it("waits until there is something to measure", () => {
    expect(paceOf(job, at(0.5))).toBeNull();
    expect(paceOf({ ...job, progress: 0 }, at(9))).toBeNull();
    expect(paceOf({ ...job, started_at: null }, at(9))).toBeNull();
  });
});

it("is over when it neither waits nor runs", () => {
  expect(isOver({ state: "running" })).toBe(false);
  expect(isOver({ state: "cancelled" })).toBe(true);
});
