import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createInstance } from "i18next";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { beforeEach, expect, it, vi } from "vitest";
import shared from "@/shared/locales/en.json";
import { SessionContext } from "@/shared/session/session";
import type { CustomerDetail } from "../api";
import words from "../locales/en.json";
import { CustomerDialog } from "./CustomerDialog";

const field = (code: string, type: string) => ({
  code, type, label: { en: code, zh: code }, choices: [], filterable: true, sortable: false, listed: true, exportable: true, importable: true, editable: true, required: false, unit: "", synonyms: [],
});
const ANSWERS: Record<string, unknown> = {
  "/api/v1/fields/customers": [field("name", "text"), field("phone", "text"), field("email", "text"), field("owner", "reference"), field("attributes.region", "text"), field("attributes.colour", "text")],
  "/api/v1/attributes": [{ code: "region", applies_to: null }, { code: "colour", applies_to: "person" }],
  "/api/v1/users": [],
};
const customer: CustomerDetail = {
  id: 7, name: "Acme", kind: "organisation", grade: "vip", computed_grade: "vip", score: 90, score_as_of: null, owner: null, team: [], department: null, phone: "", email: "", source: "manual", source_key: "k", region: "East", industry: null, updated_at: "2026-01-01T00:00:00Z", created_at: "2026-01-01T00:00:00Z",
  attributes: { region: "East", colour: "red" }, classes: {}, tags: [], added: {}, version: 1, merged_from: [], counts: { transactions: 0, invoices: 0, receipts: 0, interactions: 0, opportunities: 0 },
};
const me = { id: 1, username: "a", name: "A", email: "", role: "administrator", role_label: "", reach: "all" as const, department: null, language: null, theme: null, can: [] };

let sent: { method: string; body: Record<string, unknown> } | null;
let refusal: object | null;

beforeEach(() => {
  sent = null;
  refusal = null;
  vi.stubGlobal("fetch", async (url: string, options: RequestInit) => {
    if (options.method === "GET") return new Response(JSON.stringify(ANSWERS[url]), { status: 200 });
    sent = { method: options.method ?? "", body: JSON.parse(String(options.body)) as Record<string, unknown> };
    return refusal ? new Response(JSON.stringify(refusal), { status: 422 }) : new Response(JSON.stringify(customer), { status: 200 });
  });
});

async function show(onClose = vi.fn()) {
  const i18n = createInstance();
  await i18n.use(initReactI18next).init({ lng: "en", resources: { en: { shared, customers: words } }, interpolation: { escapeValue: false } });
  render(
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient()}>
        <SessionContext value={{ me, settings: { company: "", version: "" } }}>
          <CustomerDialog customer={customer} onClose={onClose} />
        </SessionContext>
      </QueryClientProvider>
    </I18nextProvider>,
  );
  await screen.findByDisplayValue("Acme");
  return onClose;
}

it("sends only attributes that were changed, and leaves those of the other kind alone", async () => {
  const onClose = await show();
  expect(screen.queryByText("attributes.colour")).toBeNull();
  await userEvent.clear(screen.getByDisplayValue("East"));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent?.method).toBe("PATCH");
  expect(sent?.body.attributes).toEqual({ region: null });
}, 15_000);

it("keeps what was typed and shows a complaint at its field", async () => {
  refusal = { code: "invalid", message: "The request has 1 problem.", details: [{ where: "phone", code: "too_long", message: "long" }] };
  const onClose = await show();
  await userEvent.type(screen.getByLabelText("Phone"), "12345");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toBeInTheDocument();
  expect(screen.getByLabelText("Phone")).toHaveValue("12345");
  expect(screen.getByLabelText("Phone")).toHaveAttribute("aria-invalid", "true");
  expect(onClose).not.toHaveBeenCalled();
}, 15_000);
