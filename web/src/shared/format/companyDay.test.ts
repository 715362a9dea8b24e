import dayjs from "dayjs";
import { expect, it } from "vitest";
import { dayIn, endOfDayIn } from "./companyDay";

it("is the company's day, also at a year's end", () => {
  const moment = new Date("2025-12-31T17:30:00Z");
  expect(dayIn("Asia/Shanghai", moment).format("YYYY-MM-DD")).toBe("2026-01-01");
  expect(dayIn("Europe/London", moment).format("YYYY-MM-DD")).toBe("2025-12-31");
});

it("ends where the company is", () => {
  const end = (zone: string) => endOfDayIn(zone, dayjs("2025-12-31")).toISOString();
  expect(end("Asia/Shanghai")).toBe("2025-12-31T15:59:59.000Z");
  expect(end("America/New_York")).toBe("2026-01-01T04:59:59.000Z");
});
