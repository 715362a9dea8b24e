import { describe, expect, it } from "vitest";
import type { Department } from "../api";
import { parentsFor } from "./parents";

const one = (id: number, name: string, parent_id: number | null, path: string): Department => ({ id, name, parent_id, path, head: null, members: 0 });
const all = [one(3, "B", 1, "/1/3/"), one(1, "Company", null, "/1/"), one(2, "A", 1, "/1/2/"), one(4, "A1", 2, "/1/2/4/"), one(9, "Lost", 77, "/77/9/")];

describe("parentsFor", () => {
  it("offers neither the department itself nor any below it", () => {
    expect(parentsFor(all, all[2] ?? null).map((parent) => parent.id)).toEqual([3, 1, 9]);
    expect(parentsFor(all, null)).toHaveLength(5);
  });

  it("does not take /1/2/ for a part of /1/20/", () => {
    const twenty = one(20, "Twenty", 1, "/1/20/");
    expect(parentsFor([...all, twenty], all[2] ?? null)).toContain(twenty);
  });
});
