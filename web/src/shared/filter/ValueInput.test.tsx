import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { useState } from "react";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, it } from "vitest";
import type { Field } from "../api/types";
import words from "../locales/en.json";
import type { Value } from "./filter";
import { ValueInput } from "./ValueInput";

beforeAll(() => i18next.use(initReactI18next).init({ lng: "en", resources: { en: { shared: words } } }));

const LIKELIHOOD = { code: "probability", type: "number", share: true } as Field;

function Entered({ first }: { first: Value | null }) {
  const [value, setValue] = useState(first);
  return (
    <>
      <ValueInput field={LIKELIHOOD} op="ge" value={value} onChange={setValue} />
      <output>{JSON.stringify(value)}</output>
    </>
  );
}

it("takes a share in percent and gives it as the server keeps it", async () => {
  render(<Entered first={0.29} />);
  const box = screen.getByRole("spinbutton");
  expect(box).toHaveValue("29");
  await userEvent.clear(box);
  expect(screen.getByRole("status")).toHaveTextContent("null");
  await userEvent.type(box, "95.5");
  expect(screen.getByRole("status")).toHaveTextContent("0.955");
});
