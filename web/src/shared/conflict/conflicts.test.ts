import { describe, expect, it } from "vitest";
import { ApiError } from "../api/request";
import { conflictsOf, isEmptyChange, keptCurrent, without } from "./conflicts";

const refused = new ApiError(409, "changed_meanwhile", "changed", [
  { where: "phone", code: "changed_meanwhile", message: "", params: { mine: "1", current: "2", original: "3", by: { id: 4, name: "李雷" }, at: "2026-01-01T00:00:00Z" } },
  { where: "attributes.size", code: "changed_meanwhile", message: "", params: { mine: null, current: "big", original: "small", by: "系统" } },
]);

describe("a conflict", () => {
  it("says who changed what", () => {
    expect(conflictsOf(refused)).toEqual([
      { field: "phone", mine: "1", current: "2", original: "3", by: "李雷", at: "2026-01-01T00:00:00Z" },
      { field: "attributes.size", mine: null, current: "big", original: "small", by: "系统", at: null },
    ]);
  });
  it("is no other error", () => {
    expect(conflictsOf(new ApiError(409, "conflict", ""))).toBeNull();
    expect(conflictsOf(new Error("x"))).toBeNull();
  });
});

describe("the choice", () => {
  const change = { phone: "1", owner_id: 3, attributes: { size: null, region: "East" }, version: 7 };
  it("keeps the present value of some fields, and sends the others", () => {
    expect(without(change, keptCurrent({ phone: "current", "attributes.size": "current", owner: "mine" }))).toEqual({ owner_id: 3, attributes: { region: "East" }, version: 7 });
    expect(without(change, ["owner"])).not.toHaveProperty("owner_id");
  });
  it("leaves nothing to send when all present values are kept", () => {
    const left = without({ phone: "1", attributes: { size: 1 }, version: 7 }, ["phone", "attributes.size"]);
    expect(left).toEqual({ version: 7 });
    expect(isEmptyChange(left)).toBe(true);
  });
});
