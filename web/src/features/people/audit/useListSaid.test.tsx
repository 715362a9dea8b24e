import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import i18next from "i18next";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { expect, it } from "vitest";
import shared from "@/shared/locales/zh.json";
import type { AuditEntry } from "../api";
import people from "../locales/zh.json";
import { listOf } from "./useFieldNames";
import { useListSaid } from "./useListSaid";

const line = (subject_type: string, changes: Record<string, unknown>) => ({ subject_type, subject_id: null, changes }) as unknown as AuditEntry;

it("knows of which list a line tells", () => {
  expect(listOf(line("view", { kind: "duties", content: {} }))).toBe("duties");
  expect(listOf(line("customer", { records: "contacts", filter: null }))).toBe("contacts");
  expect(listOf(line("customers", { filter: "{}" }))).toBe("customers");
  expect(listOf(line("entry_rule", { field: "phone" }))).toBe("customers");
  expect(listOf(line("customers", { name: "甲" }))).toBeUndefined();
});

it("says filter, order, groups and columns in the words of the list", async () => {
  await i18next.use(initReactI18next).init({ lng: "zh", resources: { zh: { shared, people } }, interpolation: { escapeValue: false } });
  const client = new QueryClient();
  const name = { code: "name", type: "text", label: { en: "Name", zh: "名称" }, choices: null };
  client.setQueryData(["fields", "customers"], [name]);
  client.setQueryData(["fields", "related", "customers"], []);
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useListSaid("customers"), { wrapper });
  const said = result.current;
  const filter = { all: [{ field: "name", op: "contains", value: "移动" }] };
  expect(said("filter", filter)).toBe("名称 包含 移动");
  expect(said("filter", JSON.stringify(filter))).toBe("名称 包含 移动");
  expect([said("sort", "-name"), said("sort", "name"), said("group_by", "name"), said("columns", { code: "name", width: 90 })]).toEqual(["名称（降序）", "名称", "名称", "名称"]);
  expect(said("filter", null)).toBeUndefined();
  expect(said("phone", "1")).toBeUndefined();
});
