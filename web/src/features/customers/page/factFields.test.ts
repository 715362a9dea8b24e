import { describe, expect, it } from "vitest";
import type { Field, FieldType } from "@/shared/api/types";
import { essential, factFields } from "./factFields";

const field = (code: string, type: FieldType, listed = true): Field => ({
  code, type, listed, label: code, choices: null, filterable: true, sortable: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [],
});
const codes = (fields: Field[]) => fields.map((one) => one.code);

describe("factFields", () => {
  it("puts the day first and leaves the customer and unlisted fields out", () => {
    const all = [field("source_key", "text", false), field("customer", "reference"), field("amount", "money"), field("kind", "choice"), field("occurred_at", "datetime")];
    expect(codes(factFields(all, "transactions"))).toEqual(["occurred_at", "kind", "amount"]);
  });
  it("puts the name of an opportunity first", () => {
    const all = [field("amount", "money"), field("expected_on", "date"), field("name", "text"), field("status", "choice")];
    expect(codes(factFields(all, "opportunities"))).toEqual(["name", "expected_on", "status", "amount"]);
  });
});

describe("essential", () => {
  it("keeps what a phone has room for", () => {
    expect(codes(essential([field("occurred_at", "datetime"), field("kind", "choice"), field("amount", "money"), field("cost", "money")]))).toEqual(["occurred_at", "kind", "amount"]);
    expect(codes(essential([field("occurred_at", "datetime"), field("kind", "choice"), field("subject", "text")]))).toEqual(["occurred_at", "kind", "subject"]);
    expect(essential([])).toEqual([]);
  });
});
