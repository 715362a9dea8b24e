import { expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import type { Contact } from "./api";
import { isInlineOf } from "./useInlineContact";

const field = (code: string, access = "edit") => ({ code, type: "text", label: code, choices: null, editable: access === "edit", access }) as unknown as Field;
const row = (given: Partial<Contact>) => ({ erased_at: null, positions: [], ...given }) as unknown as Contact;

it("edits in place what is the contact's, not what it is at a customer", () => {
  expect(["title", "department", "name", "phone", "role"].map((code) => isInlineOf(field(code), row({})))).toEqual([true, true, true, true, false]);
});

it("leaves alone what the role may not edit, the erased, and a title somebody has at a customer", () => {
  expect(isInlineOf(field("department", "see"), row({}))).toBe(false);
  expect(isInlineOf(field("department"), row({ erased_at: "2026-01-01" }))).toBe(false);
  expect(isInlineOf(field("title"), row({ positions: [{ title: "CFO" }] as Contact["positions"] }))).toBe(false);
});
