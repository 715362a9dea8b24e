import { expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { groupable } from "./fields";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("name"), field("grade"), field("owner", { type: "reference" }), field("team", { type: "reference", listed: false })];

it("groups by fields with few values", () => {
  expect(groupable([...fields, field("tags"), field("kind", { type: "choice" })]).map((one) => one.code)).toEqual(["owner", "team", "tags", "kind"]);
});
