import { useMemo } from "react";
import { useLanguage } from "../i18n/i18n";
import { useCurrency, useSettings } from "../session/session";
import * as f from "./format";

/** The formatters, bound to the language, the currency and the company's time zone. */
export function useFormat(currencyOfData?: string) {
  const language = useLanguage();
  const company = useCurrency();
  const zone = useSettings().time_zone;
  const currency = currencyOfData ?? company;
  return useMemo(
    () => ({
      language,
      currency,
      number: (value: f.Maybe, digits = 0) => f.formatNumber(value, language, digits),
      short: (value: f.Maybe) => f.formatShort(value, language),
      money: (value: f.Maybe, digits = 2) => f.formatMoney(value, currency, language, digits),
      moneyShort: (value: f.Maybe) => f.formatMoneyShort(value, currency, language),
      percent: (value: f.Maybe, digits = 1) => f.formatPercent(value, language, digits),
      change: (value: f.Maybe, digits = 0) => f.formatChange(value, language, digits),
      score: (value: f.Maybe) => f.formatScore(value, language),
      date: (value: string | null | undefined) => f.formatDate(value, language, zone),
      dateTime: (value: string | null | undefined) => f.formatDateTime(value, language, zone),
      bytes: (value: f.Maybe) => f.formatBytes(value, language),
      unit: (value: f.Maybe, unit: f.Unit) => f.formatUnit(value, unit, currency, language),
      seconds: (value: f.Maybe) => f.formatSeconds(value, language),
    }),
    [language, currency, zone],
  );
}

export type Format = ReturnType<typeof useFormat>;
