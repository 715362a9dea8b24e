import { expect, it } from "vitest";
import type { AuditEntry } from "../api";
import { kindOf } from "./useFieldNames";

const read = (subject_type: string, subject_id: number | null): AuditEntry => ({
  id: 1, at: "2026-01-01T00:00:00Z", actor: "王丽", via: "browser", action: "read", subject_type, subject_id, subject_name: null, seen: [], customers: {}, changes: {},
});

it("finds the kind whose fields a line names, of one record and of several", () => {
  expect(kindOf(read("customers", null))).toBe("customers");
  expect(kindOf(read("customer", 7))).toBe("customers");
  expect(kindOf(read("opportunity", 7))).toBe("opportunities");
});
