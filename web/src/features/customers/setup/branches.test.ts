import { expect, it } from "vitest";
import { toBranches } from "./branches";
import { EMPTY, toServer } from "./values";

const category = (id: number, parent_id: number | null) => ({ id, parent_id, code: `c${id}`, label: { en: "", zh: "" }, position: id, rule: null });

it("counts a category's customers with those below it", () => {
  const [root] = toBranches([category(1, null), category(2, 1), category(3, 2)], new Map([[1, 5], [3, 7]]));
  expect(root?.customers).toBe(12);
  expect(root?.children?.[0]?.children?.[0]?.customers).toBe(7);
});

it("sends what a choice was called before, and nothing the type does not know", () => {
  const label = { en: "a", zh: "a" };
  const sent = toServer({ ...EMPTY, type: "choice", formula: "1", pattern: "x", choices: [{ value: "new", old: "old", label }, { value: "same", old: "same", label }] }, false);
  expect(sent.renamed).toEqual({ old: "new" });
  expect([sent.formula, sent.pattern, sent.code]).toEqual(["", "", undefined]);
});
