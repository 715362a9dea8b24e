import { expect, it } from "vitest";
import { chosenIn, draftOf, wantedOf } from "./draft";

const RULES = { grades: [], stages: [], how: "equally", within_department: false, over_capacity: false };

it("asks for nothing before it is said whose customers go, and to whom", () => {
  const draft = draftOf(null, null);
  expect(wantedOf(draft, null)).toBeNull();
  expect(wantedOf({ ...draft, user_id: 3 }, null)).toBeNull();
  expect(wantedOf({ ...draft, to: [4] }, null)).toBeNull();
  expect(wantedOf({ ...draft, user_id: 3, to: [3] }, null)).toBeNull();
  expect(wantedOf({ ...draft, user_id: 3, to: [3, 4] }, null)).toEqual({ ...RULES, user_id: 3, to: [4] });
  expect(wantedOf({ ...draft, source: "department", department_id: 9, to: [4] }, null)).toEqual({ ...RULES, department_id: 9, to: [4] });
});

it("takes what was chosen in the list: rows, or all that the filter finds", () => {
  const rows = { ids: [7, 8], count: 2 };
  expect(wantedOf({ ...draftOf(rows, null), to: [4] }, rows)).toEqual({ ...RULES, ids: [7, 8], to: [4] });
  const all = { filter: { all: [] }, q: "bj", count: 900 };
  expect(wantedOf({ ...draftOf(all, null), to: [4] }, all)).toEqual({ ...RULES, filter: { all: [] }, q: "bj", to: [4] });
  expect(chosenIn({ handOver: rows })).toBe(rows);
  expect(chosenIn(null)).toBeNull();
  expect(chosenIn({ other: 1 })).toBeNull();
});
