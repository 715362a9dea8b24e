import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { UNKNOWN } from "../format/format";
import { useFormat } from "../format/useFormat";
import { useLabel } from "../i18n/i18n";
import { isCondition, isRelated, type Condition, type Part, type Related, type Value } from "./filter";
import type { RelatedKind } from "./related";
import { relativeOf } from "./relative";

interface ConditionText {
  field: string;
  op: string;
  value: string;
}

/** A condition's value in words: labels of choices, formatted figures and dates. */
function useValueText(): (field: Field | undefined, value: Value) => string {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const format = useFormat();
  return useCallback(
    (field, value) => {
      const one = (item: Value | null): string => {
        if (item === null) return UNKNOWN;
        if (typeof item === "boolean") return item ? t("yes") : t("no");
        if (typeof item === "object") return "";
        const choice = field?.choices?.find((known) => known.value === item);
        if (choice) return label(choice.label);
        if (field?.type === "date" || field?.type === "datetime") return format.date(String(item));
        if (field?.share) return format.percent(item);
        return typeof item === "number" ? format.number(item, 4) : String(item);
      };
      return Array.isArray(value) ? value.map(one).join(t("filter.join")) : one(value);
    },
    [t, label, format],
  );
}

/** Conditions, related records and groups as one reads them aloud. */
export function useFilterText(fields: Field[], related: RelatedKind[] = []) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const valueText = useValueText();

  const condition = useCallback(
    (part: Condition, among: Field[] = fields): ConditionText => {
      const field = among.find((one) => one.code === part.field);
      const name = field ? label(field.label) : part.field;
      const relative = relativeOf(part);
      if (relative) {
        const value = relative.kind === "period" ? t(`filter.period.${relative.period}`) : t("filter.days", { count: relative.days });
        return { field: name, op: t(`filter.relative.${relative.kind}`), value };
      }
      if (part.op === "is_null") return { field: name, op: t(part.value === true ? "op.is_null" : "op.not_null"), value: "" };
      return { field: name, op: t(`op.${part.op}`), value: valueText(field, part.value) };
    },
    [fields, label, t, valueText],
  );

  const text = useCallback(
    (part: Part): string => {
      const say = (one: Part, among: Field[], inside: boolean): string => {
        if (isCondition(one)) {
          const words = condition(one, among);
          return [words.field, words.op, words.value].filter(Boolean).join(" ");
        }
        if (isRelated(one)) return sayRelated(one);
        const joined = one.conditions.map((each) => say(each, among, one.conditions.length > 1)).join(` ${one.mode === "all" ? t("filter.and") : t("filter.or")} `);
        if (one.not) return t("filter.not", { what: one.conditions.length > 1 ? `(${joined})` : joined });
        return inside && one.conditions.length > 1 ? `(${joined})` : joined;
      };
      const sayRelated = (one: Related): string => {
        const kind = related.find((each) => each.code === one.related);
        const name = kind ? label(kind.label) : one.related;
        const { op, value } = one.count ?? { op: "ge" as const, value: 1 };
        const how = t(`filter.count.${op}`, { count: value, what: name });
        const having = one.having.conditions.length > 0 ? say(one.having, kind?.fields ?? [], false) : "";
        return having ? t("filter.having", { how, having }) : how;
      };
      return say(part, fields, false);
    },
    [condition, fields, label, related, t],
  );
  return { condition, text };
}
