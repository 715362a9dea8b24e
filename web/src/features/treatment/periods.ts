/** Months, quarters and years, as addresses and titles carry them. */
import dayjs from "dayjs";

export const PERIODS = ["month", "quarter", "year"] as const;
export type Period = (typeof PERIODS)[number];
const MONTHS: Record<Period, number> = { month: 1, quarter: 3, year: 12 };

/** The first day of the period so many later than the one a day lies in. */
export function shifted(day: string, period: Period, by: number): string {
  const months = MONTHS[period];
  const date = dayjs(day);
  const first = date.month(Math.floor(date.month() / months) * months).date(1);
  return first.add(by * months, "month").format("YYYY-MM-DD");
}

/** "2026-05", "2026 Q2", "2026". */
export function titleOf(day: string, period: Period): string {
  const date = dayjs(day);
  if (period === "year") return date.format("YYYY");
  return period === "quarter" ? `${date.format("YYYY")} Q${Math.floor(date.month() / 3) + 1}` : date.format("YYYY-MM");
}
