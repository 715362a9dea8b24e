import { expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { groupable, withPeople } from "./fields";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("name"), field("grade"), field("owner", { type: "reference" })];

it("groups by fields with few values", () => {
  expect(groupable([...fields, field("tags"), field("kind", { type: "choice" })]).map((one) => one.code)).toEqual(["owner", "tags", "kind"]);
});

it("names owners by name, or by sign-in name, and filters by number", () => {
  const owner = withPeople(fields, [{ id: 3, name: "", username: "wang" }, { id: 4, name: "李雷" }], undefined).find((one) => one.code === "owner");
  expect(owner?.choices).toEqual([{ value: 3, label: "wang" }, { value: 4, label: "李雷" }]);
});
