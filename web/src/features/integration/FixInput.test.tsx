import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createInstance } from "i18next";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { expect, it, vi } from "vitest";
import type { Field } from "@/shared/api/types";
import shared from "@/shared/locales/en.json";
import { FixInput } from "./FixInput";

const field = (type: string, choices: [string, string][] = []) =>
  ({ code: "size", type, label: { en: "Size", zh: "规模" }, choices: choices.map(([value, en]) => ({ value, label: { en, zh: en } })) }) as unknown as Field;

async function show(one: Field | undefined) {
  const i18n = createInstance();
  await i18n.use(initReactI18next).init({ lng: "en", resources: { en: { shared } }, defaultNS: "shared" });
  const onChange = vi.fn();
  render(<I18nextProvider i18n={i18n}><FixInput field={one} raw="huge" value="huge" name="Cell" onChange={onChange} /></I18nextProvider>);
  return onChange;
}

it("offers the choices of a field in the words a file says them", async () => {
  const onChange = await show(field("choice", [["s", "Small"], ["l", "Large"]]));
  await userEvent.click(screen.getByRole("combobox", { name: "Cell" }));
  await userEvent.click(await screen.findByTitle("Large"));
  expect(onChange.mock.calls[0]?.[0]).toBe("Large");
});

it("offers yes and no", async () => {
  await show(field("yes_no"));
  await userEvent.click(screen.getByRole("combobox", { name: "Cell" }));
  expect(await screen.findByTitle(shared.yes)).toBeTruthy();
  expect(screen.getByTitle(shared.no)).toBeTruthy();
});

it("lets anything else be typed", async () => {
  const onChange = await show(field("text"));
  await userEvent.type(screen.getByRole("textbox", { name: "Cell" }), "r");
  expect(onChange).toHaveBeenCalledWith("huger");
});
