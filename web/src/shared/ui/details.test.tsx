/** What was wrong, place by place. */
import { render, screen } from "@testing-library/react";
import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, test } from "vitest";
import { ApiError } from "../api/request";
import words from "../locales/en.json";
import { ErrorDetails } from "./states";

beforeAll(() => i18n.use(initReactI18next).init({ lng: "en", resources: { en: { shared: words } } }));

test("a rule of entry names its field itself, in the company's words", () => {
  const rule = { where: "attributes.region", code: "entry_rule", message: "Region is needed", params: { en: "Fill in the region", zh: "请填写地区" } };
  const other = { where: "colour", code: "no_such_code", message: "No such colour", params: {} };
  render(<ErrorDetails error={new ApiError(422, "invalid", "", [rule, other])} />);
  expect(screen.getAllByRole("listitem").map((one) => one.textContent?.trim())).toEqual(["Fill in the region", "colour No such colour"]);
});

test("a day among the values is said as days are everywhere", () => {
  const late = { where: "", code: "override_until", message: "", params: { last: "2026-09-05" } };
  render(<ErrorDetails error={new ApiError(422, "invalid", "", [late])} />);
  expect(screen.getByRole("listitem")).toHaveTextContent("must be between today and 5 Sept 2026");
});
