import { describe, expect, it } from "vitest";
import { NO_FILTER } from "../filter/filter";
import { readFilter } from "../filter/written";
import { contentOf, isChanged, shapeOf, type ListShape } from "./content";

const list: ListShape = { filter: readFilter("grade*in*_lvip"), q: " 北京 ", sort: "-score", group: "owner" };
const columns = [{ code: "name", width: 300 }, { code: "grade", width: null }];
const kept = contentOf(list, columns);

describe("a saved view", () => {
  it("keeps filter, search, order, columns and grouping", () => {
    expect(kept).toEqual({ filter: { all: [{ field: "grade", op: "in", value: ["vip"] }] }, q: "北京", sort: "-score", columns, group_by: "owner" });
    expect(shapeOf(kept)).toEqual({ ...list, q: "北京" });
  });
  it("is the same when nothing was changed, also with the filter as text", () => {
    expect(isChanged(kept, list, null, "-score")).toBe(false);
    expect(isChanged({ ...kept, filter: JSON.stringify(kept.filter), sort: null }, list, columns, "-score")).toBe(false);
  });
  it.each<[string, Partial<ListShape>]>([["filter", { filter: NO_FILTER }], ["search", { q: "" }], ["order", { sort: "name" }], ["grouping", { group: null }]])("is changed by another %s", (_name, change) => {
    expect(isChanged(kept, { ...list, ...change }, null, "-score")).toBe(true);
  });
  it("is changed by other columns or widths", () => {
    expect(isChanged(kept, list, [{ code: "name", width: 310 }, { code: "grade", width: null }], "-score")).toBe(true);
    expect(isChanged(kept, list, [...columns].reverse(), "-score")).toBe(true);
  });
  it("shows everything when its filter cannot be read any more", () => {
    expect(shapeOf({ ...kept, filter: { nonsense: 1 } }).filter).toEqual(NO_FILTER);
  });
});
