import { describe, expect, it } from "vitest";
import type { Field } from "../api/types";
import { exportedCodes, knownColumns, shownFields, usualColumns } from "./columns";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("name"), field("grade"), field("email", { listed: false }), field("secret", { exportable: false }), field("owner", { type: "reference" })];

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
  expect(exportedCodes(fields, shownFields(fields, usualColumns(fields)))).toEqual(["name", "grade", "owner"]);
});

it("exports the record's number first, shown or not, so that the file can come back", () => {
  const withRecord = [...fields, { ...fields[0]!, code: "record", listed: false }];
  expect(exportedCodes(withRecord, shownFields(withRecord, columns("name", "email")))).toEqual(["record", "name", "email"]);
  expect(exportedCodes(withRecord, shownFields(withRecord, columns("name", "record")))).toEqual(["name", "record"]);
});
