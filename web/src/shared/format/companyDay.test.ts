import { expect, it } from "vitest";
import { dayIn } from "./companyDay";

it("is the company's day, also at a year's end", () => {
  const moment = new Date("2025-12-31T17:30:00Z");
  expect(dayIn("Asia/Shanghai", moment).format("YYYY-MM-DD")).toBe("2026-01-01");
  expect(dayIn("Europe/London", moment).format("YYYY-MM-DD")).toBe("2025-12-31");
});
