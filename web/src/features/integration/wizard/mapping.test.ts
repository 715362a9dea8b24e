import { describe, expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { assign, complete, mappedFields, missing } from "./mapping";

const field = (code: string, change: Partial<Field> = {}): Field => ({
  code, type: "text", label: code, choices: null, filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: null, synonyms: [], ...change,
});
const fields = [field("source_key", { required: true }), field("amount", { required: true }), field("note"), field("score", { required: true, importable: false })];

describe("assign", () => {
  it("takes a field away from the column that had it", () => {
    const before = { No: "source_key", Total: "amount", Net: null };
    expect(assign(before, "Net", "amount")).toEqual({ No: "source_key", Total: null, Net: "amount" });
    expect(before.Total).toBe("amount");
  });
  it("lets several columns go unused", () => {
    expect(assign({ A: "note", B: null }, "A", null)).toEqual({ A: null, B: null });
  });
});

describe("missing", () => {
  it("names required fields that can be imported and have no column", () => {
    expect(missing(fields, { No: "source_key" }).map((one) => one.code)).toEqual(["amount"]);
    expect(missing(fields, { No: "source_key", Total: "amount" })).toEqual([]);
  });
});

it("completes the mapping with columns it does not know and drops those the file does not have", () => {
  expect(complete(["A", "B"], { A: "note", Gone: "amount" })).toEqual({ A: "note", B: null });
});

it("orders the preview as the file does", () => {
  expect(mappedFields(["Total", "X", "No"], { No: "source_key", Total: "amount", X: null }, fields).map(({ column, field: one }) => [column, one.code])).toEqual([
    ["Total", "amount"], ["No", "source_key"],
  ]);
});
