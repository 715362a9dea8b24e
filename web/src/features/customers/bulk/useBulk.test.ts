import { expect, it } from "vitest";
import { ApiError } from "@/shared/api/request";
import { NO_FILTER } from "@/shared/filter/filter";
import { readFilter } from "@/shared/filter/written";
import { changedCount, selectionOf } from "./useBulk";

it("names the chosen rows, or the filter with the count that was seen", () => {
  expect(selectionOf({ ids: [3, 4], all: false }, NO_FILTER, "", 2)).toEqual({ ids: [3, 4] });
  expect(selectionOf({ ids: [3], all: true }, readFilter("grade*in*_lvip"), " bj ", 900)).toEqual({ filter: { all: [{ field: "grade", op: "in", value: ["vip"] }] }, q: "bj", expected: 900 });
  expect(selectionOf({ ids: [], all: true }, NO_FILTER, "", 9)).toEqual({ filter: null, q: null, expected: 9 });
});

it("reads the present count from a refusal", () => {
  const details = [{ where: "selection", code: "selection_changed", message: "", params: { count: 120 } }];
  expect(changedCount(new ApiError(409, "selection_changed", "", details))).toBe(120);
  expect(changedCount(new ApiError(409, "conflict", "", details))).toBeNull();
});
