import { describe, expect, it } from "vitest";
import type { SideBySide } from "./api";
import { allFrom, chosenOf, idsOf, inOrder, ownOf, sentOf } from "./choices";

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

  it("sends a value of one's own as the API takes it", () => {
    const fields = [row("phone", ["1", "2"], 1, true), { ...row("owner", [1, 2], 1, true), field: { code: "owner", type: "reference" } } as SideBySide];
    const choices = { phone: { own: " 3 " }, owner: { own: { id: 9, name: "Ann" } }, name: 2 };
    expect(ownOf("phone", choices)).toEqual({ own: " 3 " });
    expect(chosenOf(fields[0]!, choices)).toBeNull();
    expect(sentOf(fields, choices)).toEqual({ phone: { value: "3" }, owner: { value: 9 }, name: 2 });
  });

  it("takes all fields from one record, but never an empty value", () => {
    expect(allFrom(2, 1, [row("name", ["a", "b"], 1, true), row("phone", ["1", ""], 1, false)])).toEqual({ name: 2 });
  });
});
