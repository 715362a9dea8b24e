import { expect, it } from "vitest";
import { readFilter } from "../filter/written";
import { breakingAddress, warnedOf } from "./warned";

it("reads what was warned of, where a job tells of it", () => {
  const line = { rule: 3, words: { en: "Usually large", zh: "一般为大型" }, count: 2 };
  expect(warnedOf({ changed: 4, warned: [line] })).toEqual([line]);
  expect(warnedOf({ changed: 4 })).toEqual([]);
  expect(warnedOf(null)).toEqual([]);
});

it("leads to the customers that break the rule", () => {
  const address = new URLSearchParams(breakingAddress(3).split("?")[1]);
  expect(readFilter(address.get("filter"))).toMatchObject({ conditions: [{ field: "breaks", op: "has", value: "3" }] });
});
