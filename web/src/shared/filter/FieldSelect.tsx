import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/i18n";
import { isMatch, sections } from "./sections";

interface Props {
  fields: Field[];
  value: string | null;
  onChange: (code: string) => void;
  autoFocus?: boolean;
  className?: string;
  placeholder?: string;
}

const KNOWN = ["basic", "attributes", "classes"];

/** A field out of many: grouped by section, found by words of either language. */
export function FieldSelect({ fields, value, onChange, autoFocus, className, placeholder }: Props) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const groups = useMemo(() => sections(fields, label, (key) => (KNOWN.includes(key) ? t(`filter.section.${key}`) : undefined)), [fields, label, t]);
  const options = groups.length > 1 ? groups.map((group) => ({ label: group.label, title: group.key, options: group.options })) : groups[0]?.options;
  return (
    <Select
      autoFocus={autoFocus}
      className={className}
      aria-label={t("filter.field")}
      placeholder={placeholder ?? t("filter.field")}
      showSearch={{ filterOption: (typed, option) => isMatch(typed, option as { words?: string }) }}
      popupMatchSelectWidth={false}
      value={value}
      options={options as never}
      onChange={onChange}
    />
  );
}
