import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { TreePicker } from "./TreePicker";

it("names the list that its box points to", () => {
  render(<TreePicker aria-label="Industry" open treeData={[{ value: 1, title: "Banks" }]} />);
  const named = screen.getByRole("combobox", { name: "Industry" }).getAttribute("aria-controls");
  expect(document.getElementById(String(named))).toHaveTextContent("Banks");
});
