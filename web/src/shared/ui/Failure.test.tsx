import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, it } from "vitest";
import zh from "../locales/zh.json";
import type { Failed } from "../api/types";
import { Failure } from "./Failure";

beforeAll(() => i18next.use(initReactI18next).init({ lng: "zh", resources: { zh: { shared: zh } }, interpolation: { escapeValue: false } }));

const said = (of: Failed) => {
  render(<QueryClientProvider client={new QueryClient()}><div data-testid="said"><Failure of={of} /></div></QueryClientProvider>);
  return screen.getByTestId("said").textContent;
};

it("says why work failed in the reader's language", () => {
  expect(said({ error: "Gone.", failure: { code: "file_gone", message: "Gone.", details: [] } })).toBe("导入的文件已不存在，请重新上传。");
});

it("says of what was wrong with the work what it was, not that a form is wrong", () => {
  const detail = { where: "date_format", code: "ambiguous_dates", message: "Say which.", params: {} };
  expect(said({ error: "Say which.", failure: { code: "invalid", message: "Say which.", details: [detail] } })).not.toContain("填写的内容有误");
});

it("keeps the sentence of work that failed before its reason was kept", () => {
  expect(said({ error: "The disk is full.", failure: null })).toBe("The disk is full.");
});
