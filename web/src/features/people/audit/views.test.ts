import { expect, it } from "vitest";
import { readSearch } from "./search";
import { contentOf, searchOf } from "./views";

it("goes through a view unchanged", () => {
  const search = readSearch(new URLSearchParams("q=abc&actor=3&action=export&subject_type=customer&subject_id=7&from=2026-01-01&to=2026-01-31"));
  expect(searchOf(contentOf(search))).toEqual(search);
  expect(contentOf(search).filter).toMatchObject({ all: [{ field: "actor", op: "eq", value: 3 }, {}, {}, {}, {}, {}] });
});

it("is no filter without a search", () => {
  expect(contentOf(readSearch(new URLSearchParams())).filter).toBeNull();
});

it.each([{ any: [] }, { all: [{ field: "at", op: "between", value: ["2026-01-01", "2026-01-02"] }] }, { all: [{ any: [] }] }, "at*ge*1"])("does not show what the page cannot ask: %j", (filter) => {
  expect(searchOf({ filter, q: null, sort: null, columns: [], group_by: null })).toBeNull();
});
