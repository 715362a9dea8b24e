import { expect, it } from "vitest";
import { changedPart, type Draft } from "./draft";

const role: Draft = { label_zh: "销售", label_en: "Sales", about_zh: "", about_en: "", permissions: ["read"], reach: "own", reaches: {}, fields: { "customers.phone": "masked" } };

it("holds what was changed alone", () => {
  expect(changedPart({ ...role, permissions: ["read", "export"] }, role)).toEqual({ permissions: ["read", "export"] });
  expect(changedPart({ ...role, fields: {} }, role)).toEqual({ fields: {} });
  expect(changedPart({ ...role }, role)).toEqual({});
});
