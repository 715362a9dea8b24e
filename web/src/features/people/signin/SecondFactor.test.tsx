import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App } from "antd";
import { render, screen } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { expect, it } from "vitest";
import words from "../locales/en.json";
import { SecondFactor } from "./SecondFactor";

it.each([[true, 1], [false, 0]])("offers to set one up to those who can confirm it with a password (%s)", async (has_password, offered) => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { people: words } }, interpolation: { escapeValue: false } });
  const security = { second_factor: false, required: false, recovery_codes_left: 0, has_password };
  render(<QueryClientProvider client={new QueryClient()}><App><SecondFactor security={security} /></App></QueryClientProvider>);
  expect(screen.queryAllByRole("button")).toHaveLength(offered);
  expect(screen.queryAllByText(/own sign-in/)).toHaveLength(1 - offered);
});
