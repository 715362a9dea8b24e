import { describe, expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { exportedCodes, groupable, knownColumns, shownFields, usualColumns, withPeople } from "./fields";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("name"), field("grade"), field("email", { listed: false }), field("secret", { exportable: false }), field("owner", { type: "reference" }), field("team", { type: "reference", listed: false })];

const columns = (...codes: string[]) => codes.map((code) => ({ code, width: null }));

describe("columns", () => {
  it("are the listed ones until somebody chose others", () => {
    expect(knownColumns(fields, null).map((one) => one.code)).toEqual(["name", "grade", "secret", "owner"]);
  });
  it("keep their order and the name, and make a chosen one listed", () => {
    const shown = shownFields(fields, knownColumns(fields, columns("email", "grade")));
    expect(shown.map((one) => one.code)).toEqual(["name", "email", "grade"]);
    expect(shown.every((one) => one.listed)).toBe(true);
  });
  it("fall back when every chosen field is gone", () => {
    expect(knownColumns(fields, columns("attributes.gone"))).toHaveLength(4);
  });
});

it("exports what is shown, except what may not leave", () => {
  expect(exportedCodes(shownFields(fields, usualColumns(fields)))).toEqual(["name", "grade", "owner"]);
});

it("groups by fields with few values", () => {
  expect(groupable([...fields, field("tags"), field("kind", { type: "choice" })]).map((one) => one.code)).toEqual(["owner", "team", "tags", "kind"]);
});

it.each(["owner", "team"])("names people by name, or by sign-in name, and filters by number: %s", (code) => {
  const found = withPeople(fields, [{ id: 3, name: "", username: "wang" }, { id: 4, name: "李雷" }], undefined).find((one) => one.code === code);
  expect(found?.choices).toEqual([{ value: 3, label: "wang" }, { value: 4, label: "李雷" }]);
});
