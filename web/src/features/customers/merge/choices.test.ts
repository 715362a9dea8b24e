import { describe, expect, it } from "vitest";
import type { SideBySide } from "./api";
import { allFrom, chosenOf, idsOf, inOrder } from "./choices";

const row = (code: string, values: unknown[], proposed: number | null, differs: boolean) => ({ field: { code }, values, proposed, differs }) as SideBySide;

describe("merging side by side", () => {
  it("reads the ids of an address", () => {
    expect(idsOf("3, 1,3,x,-2,0,7")).toEqual([3, 1, 7]);
    expect(idsOf(null)).toEqual([]);
    expect(idsOf(Array.from({ length: 60 }, (_, index) => index + 1).join(","))).toHaveLength(50);
  });

  it("shows what differs first and leaves out what nobody knows", () => {
    const fields = [row("name", ["a", "a"], 1, false), row("phone", ["1", "2"], 1, true), row("email", ["", ""], null, false)];
    const { differing, others } = inOrder(fields);
    expect(differing.map((one) => one.field.code)).toEqual(["phone"]);
    expect(others.map((one) => one.field.code)).toEqual(["name"]);
  });

  it("takes somebody's choice before the proposal", () => {
    expect(chosenOf(row("phone", ["1", "2"], 1, true), {})).toBe(1);
    expect(chosenOf(row("phone", ["1", "2"], 1, true), { phone: 2 })).toBe(2);
  });

  it("takes all fields from one record, but never an empty value", () => {
    expect(allFrom(2, 1, [row("name", ["a", "b"], 1, true), row("phone", ["1", ""], 1, false)])).toEqual({ name: 2 });
  });
});
