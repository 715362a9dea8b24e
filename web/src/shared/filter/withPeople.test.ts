import { expect, it } from "vitest";
import type { Field } from "../api/types";
import { withPeople } from "./withPeople";

const field = (code: string, references: string | null): Field => ({
  code, type: "reference", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], references,
});
const fields = [field("owner", "users"), field("department", "departments"), field("product", "products")];

it("names people by name, or by sign-in name, and filters by number", () => {
  const found = withPeople(fields, [{ id: 3, name: "", username: "wang" }, { id: 4, name: "李雷" }], [{ id: 9, name: "North", parent_id: 1 }]);
  expect(found.map((one) => one.choices)).toEqual([[{ value: 3, label: "wang" }, { value: 4, label: "李雷" }], [{ value: 9, label: "North", parent: 1 }], null]);
});

it("leaves the fields as they are while people are not known yet", () => {
  expect(withPeople(fields, undefined, undefined)).toEqual(fields);
});
