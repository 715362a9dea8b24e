/** Numbers, money, percent and dates as people write them; an unknown is "–", never 0. */
import type { Language } from "../i18n/i18n";

export const UNKNOWN = "–";
export type Maybe = number | string | null | undefined;

const locale = (language: Language) => (language === "zh" ? "zh-CN" : "en");
const dateLocale = (language: Language) => (language === "zh" ? "zh-CN" : "en-GB");

/** Exact records carry amounts as strings; an empty or unreadable one is unknown. */
export function toNumber(value: Maybe): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = typeof value === "string" ? Number(value) : value;
  return Number.isFinite(number) ? number : null;
}

const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(language), options);
    cache.set(key, format);
  }
  return format;
}

/** A full figure, at most `digits` decimals. */
export function formatNumber(value: Maybe, language: Language, digits = 0): string {
  const number = toNumber(value);
  return number === null ? UNKNOWN : numberFormat(language, { maximumFractionDigits: digits }).format(number);
}

/** A short figure for charts: 1.2万, 3.4亿; 12.3K, 4.5M. */
export function formatShort(value: Maybe, language: Language): string {
  const number = toNumber(value);
  if (number === null) return UNKNOWN;
  return numberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(number);
}

/** A full amount of money with its currency; `digits` decimals, always all of them. */
export function formatMoney(value: Maybe, currency: string, language: Language, digits = 2): string {
  const number = toNumber(value);
  if (number === null) return UNKNOWN;
  const options = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  return numberFormat(language, { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(number);
}

/** A short amount for charts and tiles: ¥12.3万, £4.5M. */
export function formatMoneyShort(value: Maybe, currency: string, language: Language): string {
  const number = toNumber(value);
  if (number === null) return UNKNOWN;
  const options = { style: "currency", currency, currencyDisplay: "narrowSymbol", notation: "compact" } as const;
  return numberFormat(language, { ...options, minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(number);
}

/** 0.1234 → 12.3%. */
export function formatPercent(value: Maybe, language: Language, digits = 1): string {
  const number = toNumber(value);
  if (number === null) return UNKNOWN;
  return numberFormat(language, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(number);
}

/** With its sign always shown; a true minus, not a hyphen. */
export function formatChange(value: Maybe, language: Language, digits = 0): string {
  const number = toNumber(value);
  if (number === null) return UNKNOWN;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "exceptZero" } as const;
  const text = numberFormat(language, options).format(number);
  return text.replace("-", "−");
}

/** A score with one decimal. */
export function formatScore(value: Maybe, language: Language): string {
  const number = toNumber(value);
  if (number === null) return UNKNOWN;
  return numberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(number);
}

/** A calendar day (YYYY-MM-DD) or the day of a moment: 2011年12月9日, 9 Dec 2011. */
export function formatDate(value: string | null | undefined, language: Language, timeZone?: string): string {
  if (!value) return UNKNOWN;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const date = new Date(day ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(date.getTime())) return UNKNOWN;
  return new Intl.DateTimeFormat(dateLocale(language), { dateStyle: "medium", timeZone: day ? "UTC" : timeZone }).format(date);
}

/** A moment, to the minute. */
export function formatDateTime(value: string | null | undefined, language: Language, timeZone?: string): string {
  if (!value) return UNKNOWN;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return UNKNOWN;
  return new Intl.DateTimeFormat(dateLocale(language), { dateStyle: "medium", timeStyle: "short", timeZone }).format(date);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

// Clocks differ by a little: what lies this near ahead has just happened.
const CLOCKS_DIFFER = 10;

/** "3 分钟前", "2 days ago", measured from `now` (milliseconds); never "yesterday", which may be a day more. */
export function formatRelative(value: string, now: number, language: Language): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(language), { numeric: "always" });
  // Chinese text keeps a space between figures and characters.
  const spaced = (text: string) => text.replace(/(\d)(?=[\u4e00-\u9fff])/g, "$1 ");
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return spaced(format.format(Math.trunc(seconds / size), unit));
  }
  if (seconds > CLOCKS_DIFFER) return language === "zh" ? "1 分钟内" : "within a minute";
  return language === "zh" ? "刚刚" : "just now";
}

/** The size of a file: 820 B, 14 KB, 3.2 MB. */
export function formatBytes(value: Maybe, language: Language): string {
  const bytes = toNumber(value);
  if (bytes === null) return UNKNOWN;
  if (bytes < 1024) return `${formatNumber(bytes, language)} B`;
  if (bytes < 1024 * 1024) return `${formatNumber(bytes / 1024, language)} KB`;
  return `${formatNumber(bytes / 1024 / 1024, language, 1)} MB`;
}

export type Unit = "money" | "ratio" | "days" | "count" | "number" | string | null;

/** A value of an indicator in its unit. */
export function formatUnit(value: Maybe, unit: Unit, currency: string, language: Language): string {
  if (unit === "money") return formatMoney(value, currency, language, 0);
  if (unit === "ratio") return formatPercent(value, language);
  if (unit === "count") return formatNumber(value, language, 0);
  if (unit === "days" && toNumber(value) !== null) {
    return language === "zh" ? `${formatNumber(value, language)} 天` : `${formatNumber(value, language)} d`;
  }
  return formatNumber(value, language, 2);
}

/** A length of time in seconds: 0.4 秒, 3 分 20 秒. */
export function formatSeconds(value: Maybe, language: Language): string {
  const seconds = toNumber(value);
  if (seconds === null) return UNKNOWN;
  const [s, m, h] = language === "zh" ? [" 秒", " 分", " 小时"] : [" s", " min", " h"];
  if (seconds < 59.5) return formatNumber(seconds, language, seconds < 10 ? 1 : 0) + s;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}${m} ${whole % 60}${s}`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}${h} ${minutes % 60}${m}`;
}
