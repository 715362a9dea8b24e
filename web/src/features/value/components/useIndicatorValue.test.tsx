import { renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useIndicatorValue } from "./useIndicatorLabel";

vi.mock("react-i18next", () => ({ useTranslation: () => ({ t: (key: string) => key }), initReactI18next: {} }));
vi.mock("@/shared/format/useFormat", () => ({ useFormat: () => ({ unit: (value: number | null, unit: string | null) => (value === null ? "–" : `${unit === "money" ? "¥" : ""}${value}`) }) }));
vi.mock("@/shared/i18n/i18n", () => ({ useLabel: () => (text: unknown) => text }));
vi.mock("../api", () => ({ useCatalogue: () => ({}) }));
vi.mock("@/shared/api/attributes", () => ({
  useAttributes: () => ({
    data: [
      { code: "shops", label: "门店数", type: "number", unit: "家", choices: [] },
      { code: "capital", label: "注册资本", type: "money", unit: null, choices: [] },
    ],
  }),
}));

it("says an attribute's value with the unit the company gave it", () => {
  const say = renderHook(() => useIndicatorValue()).result.current;
  expect(say({ code: "attribute:shops", value: 40, unit: "number" })).toBe("40 家");
  expect(say({ code: "attribute:shops", value: null, unit: "number" })).toBe("–");
  expect(say({ code: "attribute:capital", value: 5, unit: "number" })).toBe("¥5");
  expect(say({ code: "orders", value: 3, unit: "count" })).toBe("3");
});
