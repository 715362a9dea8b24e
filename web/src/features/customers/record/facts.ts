/** What the entry forms hold, and what is sent for it. */
import type { Dayjs } from "dayjs";
import type { Recordable } from "../api";

export const INTERACTION_KINDS = ["visit", "call", "task", "process", "enquiry", "praise", "suggestion", "complaint", "fault"] as const;

export interface Entered {
  kind?: string;
  when: Dayjs;
  amount?: string | null;
  cost?: string | null;
  invoice_id?: number | null;
  subject?: string;
  note?: string;
}

/** Only what was filled in is sent; amounts stay text, so that no digit is lost on the way. */
export function toFact(kind: Recordable, customer: number, { when, ...entered }: Entered): Record<string, unknown> {
  const day = when.format("YYYY-MM-DD");
  const moment = when.format();
  const text = (value: string | undefined) => value?.trim() || undefined;
  const fact: Record<Recordable, Record<string, unknown>> = {
    transactions: { occurred_at: moment, kind: entered.kind, amount: entered.amount, cost: entered.cost || undefined, note: text(entered.note) },
    receipts: { received_on: day, amount: entered.amount, invoice_id: entered.invoice_id ?? undefined },
    interactions: { occurred_at: moment, kind: entered.kind, subject: text(entered.subject), note: text(entered.note) },
  };
  return Object.fromEntries(Object.entries({ customer_id: customer, ...fact[kind] }).filter(([, value]) => value !== undefined));
}
