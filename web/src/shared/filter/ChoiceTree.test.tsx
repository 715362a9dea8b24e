import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Field } from "../api/types";
import { ChoiceTree, isTree } from "./ChoiceTree";

vi.mock("../i18n/i18n", () => ({ useLabel: () => (text: string) => text, useLanguage: () => "en" }));

const field = { code: "department", choices: [{ value: "1", label: "Company" }, { value: "2", label: "Sales", parent: "1" }] } as unknown as Field;

it("takes choices that stand below others for a tree", () => {
  expect(isTree(field)).toBe(true);
  expect(isTree({ ...field, choices: [{ value: "1", label: "Company" }] })).toBe(false);
});

it("offers every branch and gives the one that is chosen", async () => {
  const chosen = vi.fn();
  render(<ChoiceTree field={field} label="Department" value={undefined} onChange={chosen} />);
  const user = userEvent.setup({ pointerEventsCheck: 0 });
  await user.click(screen.getByRole("combobox", { name: "Department" }));
  await user.click(await screen.findByText("Sales"));
  expect(chosen).toHaveBeenCalledWith("2");
});
