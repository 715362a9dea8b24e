import dayjs from "dayjs";
import { describe, expect, it } from "vitest";
import { toFact } from "./facts";

const when = dayjs("2026-03-05T14:30:00");

describe("toFact", () => {
  it("keeps every digit of an amount and leaves out what was not filled in", () => {
    const fact = toFact("transactions", 7, { when, kind: "sale", amount: "12345678901234.5678", cost: null, note: "  " });
    expect(fact).toEqual({ customer_id: 7, occurred_at: when.format(), kind: "sale", amount: "12345678901234.5678" });
    expect(fact.occurred_at).toMatch(/^2026-03-05T14:30:00([+-]\d\d:\d\d|Z)$/);
  });
  it("sends the day of a receipt as it was chosen, and its invoice", () => {
    expect(toFact("receipts", 7, { when, amount: "10", invoice_id: 3 })).toEqual({ customer_id: 7, received_on: "2026-03-05", amount: "10", invoice_id: 3 });
    expect(toFact("receipts", 7, { when, amount: "10", invoice_id: null })).not.toHaveProperty("invoice_id");
  });
  it("trims what was written of an interaction", () => {
    expect(toFact("interactions", 7, { when, kind: "visit", subject: " 回访 ", note: "" })).toMatchObject({ subject: "回访", kind: "visit" });
  });
});
