import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useAttributes } from "@/shared/api/attributes";
import type { Bilingual } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { useCatalogue } from "../api";
import type { ExplainedIndicator } from "../types";

interface Named {
  code: string;
  window_months: number | null;
  label: Bilingual;
}

const ATTRIBUTE = "attribute:";

/** The attribute an indicator is about, if it is about one. */
function useAttributeOf() {
  const { data } = useAttributes();
  return useCallback((code: string) => (code.startsWith(ATTRIBUTE) ? data?.find((one) => ATTRIBUTE + one.code === code) : undefined), [data]);
}

/** Whether an indicator is about an attribute that the company archived or deleted: it no longer counts. */
export function useAttributeGone(): (code: string) => boolean {
  const { isSuccess } = useAttributes();
  const attributeOf = useAttributeOf();
  return (code) => isSuccess && code.startsWith(ATTRIBUTE) && !attributeOf(code);
}

/** The name of an indicator as an answer carries it, with its window when it has one; an attribute's own name. */
export function useIndicatorName(): (one: Named) => string {
  const { t } = useTranslation("value");
  const label = useLabel();
  const attributeOf = useAttributeOf();
  return useCallback(
    (one) => {
      const name = label(attributeOf(one.code)?.label ?? one.label) || one.code;
      return one.window_months ? t("indicator.with_window", { name, months: one.window_months }) : name;
    },
    [t, label, attributeOf],
  );
}

/** The name of an indicator by its key alone ("revenue@12"), from the catalogue. */
export function useIndicatorLabel(): (key: string) => string {
  const catalogue = useCatalogue();
  const name = useIndicatorName();
  return (key) => {
    const [code = key, months] = key.split("@");
    const known = catalogue.data?.find((entry) => entry.code === code);
    return name({ code, window_months: months ? Number(months) : null, label: known ? known.label : code.replace(ATTRIBUTE, "") });
  };
}

/** The unit of an indicator: the catalogue's, or money for an attribute that is money. */
export function useIndicatorUnit(): (code: string, unit: string | null) => string | null {
  const attributeOf = useAttributeOf();
  return (code, unit) => (attributeOf(code)?.type === "money" ? "money" : unit);
}

/** An indicator's value in its unit; an attribute's as the attribute is written, with the unit the company gave it. */
export function useIndicatorValue(): (one: Pick<ExplainedIndicator, "code" | "value" | "unit">) => string {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const attributeOf = useAttributeOf();
  return ({ code, value, unit }) => {
    const attribute = attributeOf(code);
    if (attribute?.type === "yes_no" && value !== null) return t(Number(value) > 0 || value === "true" ? "yes" : "no");
    if (typeof value === "string") return label(attribute?.choices.find((choice) => choice.value === value)?.label) || value;
    const text = format.unit(value, attribute?.type === "money" ? "money" : unit);
    return attribute?.unit && value !== null ? `${text} ${attribute.unit}` : text;
  };
}
