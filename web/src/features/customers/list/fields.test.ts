import { expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { withPeople } from "./fields";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("name"), field("grade"), field("owner", { type: "reference" }), field("team", { type: "reference", listed: false })];

it.each(["owner", "team"])("names people by name, or by sign-in name, and filters by number: %s", (code) => {
  const found = withPeople(fields, [{ id: 3, name: "", username: "wang" }, { id: 4, name: "李雷" }], undefined).find((one) => one.code === code);
  expect(found?.choices).toEqual([{ value: 3, label: "wang" }, { value: 4, label: "李雷" }]);
});
