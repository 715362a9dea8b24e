import { describe, expect, it } from "vitest";
import { isStack, openAll, openAtFirst, type Node } from "./org";

const node = (id: number, children?: Node[]): Node => ({ id, name: `${id}`, parent_id: null, path: "", head: null, members: 0, people: 0, ...(children ? { children } : {}) });
const many = (from: number, count: number) => Array.from({ length: count }, (_, place) => node(from + place));

describe("the map of departments", () => {
  it("opens level by level while few are shown", () => {
    const small = [node(1, [node(2, many(10, 3)), node(3)])];
    expect([...openAtFirst(small)]).toEqual([1, 2]);
    const large = [node(1, [node(2, many(10, 9)), node(3, many(30, 9))])];
    expect([...openAtFirst(large)]).toEqual([1]);
    expect([...openAll(large)]).toEqual([1, 2, 3]);
  });

  it("stacks departments without any below", () => {
    expect(isStack(many(1, 3))).toBe(true);
    expect(isStack([node(1, many(2, 1)), node(9)])).toBe(false);
    expect(isStack(many(1, 1))).toBe(false);
  });
});
