import dayjs from "dayjs";
import { describe, expect, it } from "vitest";
import type { Field, FieldType } from "@/shared/api/types";
import { changedAttributes, fieldsFor, toForm } from "./attributes";

const field = (code: string, type: FieldType): Field => ({
  code, type, label: code, choices: null, filterable: true, sortable: false, listed: false, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [],
});
const fields = [field("name", "text"), field("attributes.region", "text"), field("attributes.founded", "date"), field("attributes.size", "number"), field("attributes.listed", "yes_no")];

describe("attributes in a form", () => {
  it("come back unchanged when nothing was touched", () => {
    const stored = { region: "华东", founded: "2001-05-09", size: 0, listed: false };
    const form = toForm(fields, stored);
    expect(dayjs.isDayjs(form.founded)).toBe(true);
    expect(form).not.toHaveProperty("name");
    expect(changedAttributes(fields, form, stored)).toEqual({});
  });
  it("send what changed, and null for what was emptied", () => {
    const stored = { region: "华东", founded: "2001-05-09", size: 12 };
    expect(changedAttributes(fields, { region: "", founded: dayjs("2002-01-31"), size: 0, listed: false }, stored)).toEqual({
      region: null, founded: "2002-01-31", size: 0, listed: false,
    });
  });
  it("do not send what was and is unknown", () => {
    expect(changedAttributes(fields, { region: undefined, size: null }, {})).toEqual({});
  });
});

it("leaves out attributes that only the other kind of customer has", () => {
  const attributes = [{ code: "region", applies_to: null }, { code: "founded", applies_to: "organisation" as const }, { code: "size", applies_to: "person" as const }];
  expect(fieldsFor("person", fields, attributes).map((one) => one.code)).toEqual(["name", "attributes.region", "attributes.size", "attributes.listed"]);
  expect(fieldsFor("organisation", fields, []).length).toBe(fields.length);
});
