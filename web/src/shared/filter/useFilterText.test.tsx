import { renderHook } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { expect, it } from "vitest";
import en from "../locales/en.json";
import zh from "../locales/zh.json";
import type { Field } from "../api/types";
import { asGroup, partOf, type Part } from "./filter";
import { useFilterText } from "./useFilterText";

const tree = { all: [{ field: "a", op: "eq", value: "1" }, { any: [{ field: "b", op: "eq", value: "2" }, { field: "c", op: "eq", value: "3" }] }] };

it.each([["en", "a is 1 and (b is 2 or c is 3)"], ["zh", "a 等于 1 且 (b 等于 2 或 c 等于 3)"]])("reads groups within groups aloud in %s", async (lng, said) => {
  await i18next.use(initReactI18next).init({ lng, resources: { en: { shared: en }, zh: { shared: zh } }, interpolation: { escapeValue: false } });
  const { result } = renderHook(() => useFilterText([]));
  expect(result.current.text(asGroup(partOf(tree) as Part))).toBe(said);
});

it("says a share as percent", async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { shared: en } }, interpolation: { escapeValue: false } });
  const field = { code: "probability", type: "number", label: { en: "Likelihood", zh: "可能性" }, choices: null, share: true } as unknown as Field;
  const { result } = renderHook(() => useFilterText([field]));
  expect(result.current.text(asGroup({ field: "probability", op: "between", value: [0.29, 0.955] }))).toBe("Likelihood between 29.0%, 95.5%");
});
