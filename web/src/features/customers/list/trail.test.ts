import { describe, expect, it } from "vitest";
import { extended, keepTrail, neighbours, pageBeyond, readTrail, type Trail } from "./trail";

const trail: Trail = { from: "/customers?page=2", query: { sort: "-score" }, offset: 50, ids: [7, 8, 9], total: 60 };

describe("the way through a list", () => {
  it("knows who stands before and after", () => {
    expect(neighbours(trail, 8)).toEqual({ position: 52, previous: 7, next: 9, missing: { before: false, after: false } });
    expect(neighbours(trail, 7)?.missing.before).toBe(true);
    expect(neighbours(trail, 9)?.missing.after).toBe(true);
    expect(neighbours({ ...trail, total: 53 }, 9)?.missing.after).toBe(false);
    expect(neighbours(trail, 99)).toBeNull();
    expect(neighbours(null, 7)).toBeNull();
  });
  it("asks for the rows beyond", () => {
    expect(pageBeyond(trail, 50, false)).toEqual({ offset: 53, limit: 50 });
    expect(pageBeyond({ ...trail, offset: 20 }, 50, true)).toEqual({ offset: 0, limit: 20 });
  });
  it("grows on either side, and ends where the list does", () => {
    expect(extended(trail, [10, 9], false).ids).toEqual([7, 8, 9, 10]);
    expect(extended(trail, [5, 6], true)).toMatchObject({ offset: 48, ids: [5, 6, 7, 8, 9] });
    expect(neighbours(extended(trail, [], false), 9)?.missing.after).toBe(false);
  });
  it("is kept while the tab is open", () => {
    keepTrail(trail);
    expect(readTrail()).toEqual(trail);
    sessionStorage.setItem("jinzita.customers.trail", "oops");
    expect(readTrail()).toBeNull();
  });
});
