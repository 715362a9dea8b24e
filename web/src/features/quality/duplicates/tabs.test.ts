import { describe, expect, it } from "vitest";
import { NO_FILTER, type Group } from "@/shared/filter/filter";
import { addressOf, TABS, tabOf, toTab } from "./tabs";

const mine: Group = { mode: "all", conditions: [{ field: "owner", op: "eq", value: 7 }] };

describe("tabs of duplicates", () => {
  it.each(TABS)("%s is a filter and back", (tab) => {
    expect(tabOf(toTab(NO_FILTER, tab))).toBe(tab);
    expect(tabOf(toTab(mine, tab))).toBe(tab);
    expect(toTab(mine, tab).conditions[0]).toEqual(mine.conditions[0]);
  });
  it("takes the place of the tab before", () => {
    expect(toTab(toTab(mine, "same"), "later").conditions).toHaveLength(2);
    expect(toTab(toTab(mine, "same"), "open")).toEqual(mine);
  });
  it("is none where the filter asks otherwise", () => {
    expect(tabOf({ mode: "all", conditions: [{ field: "state", op: "in", value: ["later", "different"] }] })).toBeNull();
    expect(tabOf({ mode: "all", conditions: [{ mode: "any", conditions: [{ field: "verdict", op: "in", value: ["same"] }] }] })).toBeNull();
    expect(tabOf({ ...toTab(mine, "same"), mode: "any" })).toBeNull();
  });
  it("leads from addresses of before", () => {
    expect(addressOf("look")).toBe("?filter=verdict*in*_llook");
    expect(addressOf("what")).toBe("?view=all");
  });
});
