import { describe, expect, it } from "vitest";
import { toOptions, toTree } from "./tree";

const one = (id: number, name: string, parent_id: number | null) => ({ id, name, parent_id });
const all = [one(3, "B", 1), one(1, "Company", null), one(2, "A", 1), one(4, "A1", 2), one(9, "Lost", 77)];

describe("toTree", () => {
  it("nests by parent, sorted by name, and loses nobody", () => {
    const tree = toTree(all, "en");
    expect(tree.map((branch) => branch.name)).toEqual(["Company", "Lost"]);
    expect(tree[0]?.children?.map((branch) => branch.name)).toEqual(["A", "B"]);
    expect(tree[0]?.children?.[0]?.children?.map((branch) => branch.id)).toEqual([4]);
  });

  it("leaves the list it was given as it was", () => {
    toTree(all);
    expect(all[1]).not.toHaveProperty("children");
  });
});

describe("toOptions", () => {
  it("keeps the nesting", () => {
    expect(toOptions(toTree(all, "en"))[0]?.children?.[0]).toEqual({ value: 2, title: "A", children: [{ value: 4, title: "A1", children: undefined }] });
  });
});
