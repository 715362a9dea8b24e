import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { MemoryRouter, Route, Routes, useLocation } from "react-router";
import { beforeAll, expect, it } from "vitest";
import shared from "@/shared/locales/en.json";
import words from "../locales/en.json";
import type { Tier } from "../types";
import { customersOfGrade } from "./links";
import { layoutOf, PyramidChart } from "./PyramidChart";

const tiers: Tier[] = (["vip", "important", "ordinary", "small"] as const).map((grade, index) => ({
  grade, customers: [1, 9, 30, 60][index] ?? 0, customer_share: [0.01, 0.09, 0.3, 0.6][index] ?? 0,
  revenue: 1000, revenue_share: 0.25, profit: null, average_score: 50, lowest_score: 40, change: index === 0 ? 2 : -1,
}));

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { shared, value: words } }, interpolation: { escapeValue: false } });
});

function Where() {
  const { search } = useLocation();
  return <output>{decodeURIComponent(search)}</output>;
}

it("says customers, share and movement of each tier, and leads to its customers", async () => {
  render(
    <MemoryRouter>
      <PyramidChart tiers={tiers} currency="CNY" label="Pyramid" link={(grade) => customersOfGrade(grade, { source: ["demo"] })} />
      <Routes><Route path="*" element={<Where />} /></Routes>
    </MemoryRouter>,
  );
  const links = screen.getAllByRole("link");
  expect(links).toHaveLength(4);
  expect(links[0]).toHaveTextContent(/VIP.*▲ \+2.*1.*1\.0%.*25\.0%.*¥1K/);
  expect(links[3]).toHaveTextContent(/Small.*▼ −1.*60.*60\.0%/);
  await userEvent.click(links[0] as HTMLElement);
  expect(screen.getByRole("status")).toHaveTextContent('"value":["vip"]');
  expect(screen.getByRole("status")).toHaveTextContent('"field":"source"');
});

it("leaves room for words and bars at every width", () => {
  for (const width of [320, 366, 560, 900, 1500]) {
    const layout = layoutOf(width, true);
    expect(layout.pyramid).toBeLessThan(layout.text);
    expect(layout.text + 90).toBeLessThan(layout.bar);
    expect(layout.bar + layout.barWidth).toBeLessThanOrEqual(width);
  }
});
