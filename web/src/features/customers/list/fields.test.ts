import { beforeEach, describe, expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { exportedCodes, keepColumns, readColumns, shownFields, withPeople } from "./fields";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("name"), field("grade"), field("email", { listed: false }), field("secret", { exportable: false }), field("owner", { type: "reference" })];

describe("shownFields", () => {
  it("shows the listed ones until somebody chose others", () => {
    expect(shownFields(fields, null).map((one) => one.code)).toEqual(["name", "grade", "secret", "owner"]);
  });
  it("keeps the name, the declared order, and makes a chosen one listed", () => {
    const shown = shownFields(fields, ["email", "grade"]);
    expect(shown.map((one) => one.code)).toEqual(["name", "grade", "email"]);
    expect(shown.every((one) => one.listed)).toBe(true);
  });
  it("falls back when every chosen field is gone", () => {
    expect(shownFields(fields, ["attributes.gone"])).toHaveLength(4);
  });
});

it("exports what is shown, except what may not leave", () => {
  expect(exportedCodes(shownFields(fields, null))).toEqual(["name", "grade", "owner"]);
});

it("names owners by name, or by sign-in name, and filters by number", () => {
  const owner = withPeople(fields, [{ id: 3, name: "", username: "wang" }, { id: 4, name: "李雷" }], undefined).find((one) => one.code === "owner");
  expect(owner?.choices).toEqual([{ value: 3, label: "wang" }, { value: 4, label: "李雷" }]);
});

describe("kept columns", () => {
  beforeEach(() => localStorage.clear());
  it("come back, and are forgotten on reset", () => {
    keepColumns(["name", "score"]);
    expect(readColumns()).toEqual(["name", "score"]);
    keepColumns(null);
    expect(readColumns()).toBeNull();
  });
  it("ignore what is not a list of names", () => {
    localStorage.setItem("jinzita.customers.columns", '{"a":1}');
    expect(readColumns()).toBeNull();
    localStorage.setItem("jinzita.customers.columns", "oops");
    expect(readColumns()).toBeNull();
  });
});
