import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../api";
import { changesOf } from "./changes";

const entry = (change: Partial<AuditEntry>): AuditEntry => ({
  id: 1, at: "2026-01-01T00:00:00Z", actor: "王丽", via: "browser", action: "update", subject_type: "user", subject_id: 7, subject_name: null, seen: [], customers: {}, changes: {}, ...change,
});

describe("changesOf", () => {
  it("shows before and after of an update", () => {
    expect(changesOf(entry({ changes: { role: ["reader", "manager"], email: [null, "a@b.c"] } }))).toEqual([
      { field: "role", before: "reader", after: "manager" },
      { field: "email", before: "–", after: "a@b.c" },
    ]);
  });
  it("does not take a list of two for before and after where something was made", () => {
    expect(changesOf(entry({ action: "create", changes: { scopes: ["read", "export"], active: false } }))).toEqual([
      { field: "scopes", before: null, after: "read, export" },
      { field: "active", before: null, after: "false" },
    ]);
  });
  it("says values as the page does, one by one in lists", () => {
    const say = { field: (field: string) => field, value: (field: string, value: unknown) => (field === "scopes" && value === "read" ? "读取" : undefined) };
    expect(changesOf(entry({ action: "create", changes: { scopes: ["read", "export"], name: "read" } }), say).map((one) => one.after)).toEqual(["读取, export", "read"]);
  });
  it("leaves out what nobody filled in where something was made", () => {
    expect(changesOf(entry({ action: "create", changes: { name: "王", title: "", tags: [], birthday: null } })).map((one) => one.field)).toEqual(["name"]);
    expect(changesOf(entry({ changes: { email: ["a@b.c", ""] } }))).toEqual([{ field: "email", before: "a@b.c", after: "–" }]);
  });
  it("says a value of parts as one where the page has words for it", () => {
    const say = { field: (field: string) => field, value: (field: string) => (field === "rules" ? "请填写邮箱" : undefined) };
    expect(changesOf(entry({ action: "accept_warnings", changes: { rules: { en: "E-mail is needed", zh: "请填写邮箱" } } }), say).map((one) => one.after)).toEqual(["请填写邮箱"]);
  });
  it("writes nested values as text", () => {
    expect(changesOf(entry({ action: "run", changes: { counts: { scored: 3, failed: [] } } }))[0]?.after).toBe("scored: 3");
  });
});
