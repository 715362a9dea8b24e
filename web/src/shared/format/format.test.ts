import { describe, expect, it } from "vitest";
import { UNKNOWN, formatBytes, formatChange, formatDate, formatDateTime, formatMoney, formatMoneyShort, formatNumber, formatPercent, formatRelative, formatScore, formatSeconds, formatShort, formatUnit, toNumber } from "./format";

describe("numbers", () => {
  it("are short on charts in the way of the language", () => {
    expect(formatShort(123_456, "zh")).toBe("12.3万");
    expect(formatShort(345_000_000, "zh")).toBe("3.5亿");
    expect(formatShort(12_345, "en")).toBe("12.3K");
    expect(formatShort(8_300_065.81, "en")).toBe("8.3M");
    expect(formatShort(980, "zh")).toBe("980");
  });

  it("are full in tables, and never 0 when unknown", () => {
    expect(formatNumber(1_234_567.8, "zh")).toBe("1,234,568");
    expect(formatNumber(0.25, "en", 2)).toBe("0.25");
    for (const unknown of [null, undefined, "", "n/a", NaN]) expect(formatNumber(unknown, "zh")).toBe(UNKNOWN);
    expect(formatNumber(0, "zh")).toBe("0");
    expect(toNumber("123.4500")).toBe(123.45);
  });

  it("show money with its currency", () => {
    expect(formatMoney("1234.5000", "CNY", "zh")).toBe("¥1,234.50");
    expect(formatMoney(-8300065.81, "GBP", "en")).toBe("-£8,300,065.81");
    expect(formatMoneyShort(8_300_065.81, "GBP", "en")).toBe("£8.3M");
    expect(formatMoneyShort(1_234_567, "CNY", "zh")).toBe("¥123.5万");
    expect(formatMoney(null, "CNY", "en")).toBe(UNKNOWN);
  });

  it("show percent with one decimal and scores with one", () => {
    expect(formatPercent(0.1234, "zh")).toBe("12.3%");
    expect(formatPercent(1, "en")).toBe("100.0%");
    expect(formatScore(80, "en")).toBe("80.0");
    expect(formatScore(null, "en")).toBe(UNKNOWN);
  });

  it("show a change with its sign and a true minus", () => {
    expect(formatChange(12, "en")).toBe("+12");
    expect(formatChange(-3.25, "en", 1)).toBe("−3.3");
    expect(formatChange(5, "zh", 1)).toBe("+5.0");
    expect(formatChange(0, "en")).toBe("0");
  });

  it("tell the size of a file as people read it", () => {
    expect([820, 14 * 1024, 3.2 * 1024 * 1024].map((size) => formatBytes(size, "en"))).toEqual(["820 B", "14 KB", "3.2 MB"]);
    expect(formatBytes(null, "en")).toBe(UNKNOWN);
  });
  it("follow the unit of an indicator", () => {
    expect(formatUnit(1234.5, "money", "CNY", "zh")).toBe("¥1,235");
    expect(formatUnit(0.313, "ratio", "CNY", "en")).toBe("31.3%");
    expect(formatUnit(47, "days", "CNY", "zh")).toBe("47 天");
    expect(formatUnit(null, "days", "CNY", "zh")).toBe(UNKNOWN);
  });
});

describe("dates", () => {
  it("are written as people do, a day staying the same day in every zone", () => {
    expect(formatDate("2011-12-09", "zh", "America/New_York")).toBe("2011年12月9日");
    expect(formatDate("2011-12-09", "en", "Asia/Shanghai")).toBe("9 Dec 2011");
    expect(formatDate("2011-12-09T20:00:00Z", "zh", "Asia/Shanghai")).toBe("2011年12月10日");
    expect(formatDate(null, "en")).toBe(UNKNOWN);
    expect(formatDate("soon", "en")).toBe(UNKNOWN);
  });

  it("show moments in the company's time zone", () => {
    expect(formatDateTime("2026-11-21T12:30:00Z", "en", "Asia/Shanghai")).toBe("21 Nov 2026, 20:30");
  });

  it("are relative with a space between figures and Chinese", () => {
    const now = Date.parse("2026-11-21T12:00:00Z");
    expect(formatRelative("2026-11-21T11:57:00Z", now, "zh")).toBe("3 分钟前");
    expect(formatRelative("2026-11-19T12:00:00Z", now, "en")).toBe("2 days ago");
    expect(formatRelative("2026-11-20T01:00:00Z", now, "en")).toBe("1 day ago");
    expect(formatRelative("2026-11-21T11:59:50Z", now, "en")).toBe("just now");
    expect(formatRelative("2026-11-21T12:00:05Z", now, "en")).toBe("just now");
    expect(formatRelative("2026-11-21T12:00:30Z", now, "zh")).toBe("1 分钟内");
  });

  it("say lengths of time", () => {
    expect(formatSeconds(4.321, "zh")).toBe("4.3 秒");
    expect(formatSeconds(200, "en")).toBe("3 min 20 s");
    expect(formatSeconds(59.7, "en")).toBe("1 min 0 s");
    expect(formatSeconds(3599.6, "en")).toBe("1 h 0 min");
    expect(formatSeconds(3725, "zh")).toBe("1 小时 2 分");
  });
});
