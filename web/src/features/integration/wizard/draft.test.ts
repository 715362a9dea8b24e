import { beforeEach, describe, expect, it } from "vitest";
import type { Upload } from "../api";
import { NO_CORRECTIONS, byTemplate, findDraft, forgetDraft, keepDraft, newDraft, requestOf, stepOf, withChange, type Known } from "./draft";

const upload: Upload = { upload_id: 1, filename: "a.csv", size: 9, format: "csv", encoding: "gb18030", delimiter: ";", sheet: null, sheet_names: [], columns: [{ name: "A", samples: ["1"], type: "number" }], rows_preview: [], rows_estimate: 3, kind: null, remembered: null };
const draft = newDraft(upload, "transactions", "billing") as Known;

beforeEach(() => sessionStorage.clear());

describe("a draft", () => {
  it("takes what was detected", () => {
    expect(draft).toMatchObject({ encoding: "gb18030", delimiter: ";", sheet: null, mapping: null });
  });
  it("survives a reload until it is forgotten", () => {
    const changed = withChange(draft, { mapping: { A: "amount" } });
    keepDraft(changed);
    expect(findDraft("1")).toEqual(changed);
    expect(findDraft("other")).toBeNull();
    forgetDraft(1);
    expect(findDraft("1")).toBeNull();
  });
  it("is taken for none when the store holds something broken", () => {
    sessionStorage.setItem("jinzita.import.1", "{");
    expect(findDraft("1")).toBeNull();
  });
  it("keeps the matching when the source changes, and drops it with the columns", () => {
    const matched = withChange(draft, { mapping: { A: "amount" } });
    expect(withChange(matched, { source: "erp" }).mapping).toEqual({ A: "amount" });
    expect(withChange(matched, { delimiter: ";" }).mapping).toEqual({ A: "amount" });
    expect(withChange(matched, { delimiter: "," }).mapping).toBeNull();
    expect(withChange(matched, { kind: "receipts" }).mapping).toBeNull();
  });
  it("asks for what it says", () => {
    expect(requestOf({ ...draft, source: " erp ", mapping: { A: "amount", B: null } })).toEqual({
      upload_id: 1, kind: "transactions", customer_source: null, source: "erp", encoding: "gb18030", delimiter: ";", sheet: null, mapping: { A: "amount" }, unknown_customers: "create", date_format: null, match_by: null, contact_by: null, mode: "both", empty_cells: "keep", words: null, corrections: NO_CORRECTIONS,
    });
  });
});

describe("stepOf", () => {
  it("goes no further than the draft allows", () => {
    expect(stepOf("check", null)).toBe("file");
    expect(stepOf("check", draft)).toBe("check");
    expect(stepOf("columns", { ...draft, source: " " })).toBe("content");
    expect(stepOf("nonsense", draft)).toBe("content");
    expect(stepOf("columns", { ...draft, kind: null })).toBe("content");
  });
});

it("takes over how a file with the same columns was imported", () => {
  const remembered = { import_id: 4, at: "2026-01-05T00:00:00Z", own: true, kind: "receipts", source: "bank", mapping: { A: "amount" }, unknown_customers: "refuse" as const, date_format: "dmy", customer_source: "crm", match_by: "phone", contact_by: "source_key", mode: "update" as const, empty_cells: "clear" as const, words: {} };
  const known = newDraft({ ...upload, remembered }, "transactions", "billing");
  expect(known).toMatchObject({ kind: "receipts", source: "bank", mapping: { A: "amount" }, unknown_customers: "refuse", date_format: "dmy", match_by: "phone", mode: "update", empty_cells: "clear" });
  expect(requestOf(known as Known).customer_source).toBe("crm");
});

it("takes from a template what the file has columns for", () => {
  const template = { id: 1, name: "Monthly", kind: "receipts" as const, shared: true, own: true, by: null, choices: { source: "bank", mapping: { A: "amount", Z: "customer" }, match_by: "phone" } };
  expect(byTemplate(draft, template)).toMatchObject({ kind: "receipts", source: "bank", mapping: { A: "amount" }, match_by: "phone", mode: "both" });
});
