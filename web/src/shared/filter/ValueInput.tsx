import { DatePicker, Input, InputNumber, Select, Space } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/i18n";
import { ChoiceTree, isTree } from "./ChoiceTree";
import type { Op, Value } from "./filter";

interface Props {
  field: Field;
  op: Op;
  value: Value | null;
  onChange: (value: Value | null) => void;
}

const NUMERIC = ["number", "money"];
/** Operators that take a list. */
const SEVERAL: Op[] = ["in", "has_any", "has_none"];

/** The control that takes a value of the field's type for the operator. */
export function ValueInput({ field, op, value, onChange }: Props) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const name = t("filter.value");
  if (op === "is_null" || field.type === "yes_no") return <YesNo value={value} onChange={onChange} />;
  if (op === "between") return <Between field={field} value={value} onChange={onChange} />;
  if (isTree(field)) return <ChoiceTree field={field} label={name} several={SEVERAL.includes(op)} value={value as string | string[] | null} onChange={onChange} />;
  if (field.choices?.length) {
    return (
      <Select
        aria-label={name}
        mode={SEVERAL.includes(op) ? "multiple" : undefined}
        value={value as string | string[] | null}
        onChange={onChange}
        options={field.choices.map((choice) => ({ value: choice.value, label: label(choice.label) }))}
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: "100%" }}
      />
    );
  }
  if (SEVERAL.includes(op)) {
    return <Select aria-label={name} mode="tags" tokenSeparators={[",", "，", ";", "；"]} open={false} suffix={null} value={(value as string[] | null) ?? []} onChange={onChange} style={{ width: "100%" }} />;
  }
  if (NUMERIC.includes(field.type)) {
    return <Figure field={field} label={name} value={value as number | null} onChange={onChange} />;
  }
  if (field.type === "date" || field.type === "datetime") {
    return <Day label={name} value={value as string | null} onChange={onChange} />;
  }
  return <Input aria-label={name} value={(value as string) ?? ""} onChange={(event) => onChange(event.target.value)} />;
}

interface FigureProps {
  field: Field;
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A number; of a share, which the server keeps from 0 to 1, the percent. */
function Figure({ field, label, value, onChange }: FigureProps) {
  const rest = { "aria-label": label, style: { width: "100%" } };
  if (!field.share) return <InputNumber {...rest} value={value} onChange={onChange} />;
  // Hundredths of a percent: by way of a text, since 0.29 × 100 is a little less than 29.
  const moved = (one: number | null, by: number) => (one === null ? null : Number((one * by).toFixed(6)));
  return <InputNumber {...rest} min={0} max={100} suffix="%" value={moved(value, 100)} onChange={(percent) => onChange(moved(percent, 0.01))} />;
}

function YesNo({ value, onChange }: Pick<Props, "value" | "onChange">) {
  const { t } = useTranslation("shared");
  return (
    <Select
      aria-label={t("filter.value")}
      value={value as never}
      onChange={onChange}
      options={[
        { value: true as never, label: t("yes") },
        { value: false as never, label: t("no") },
      ]}
      style={{ width: "100%" }}
    />
  );
}

interface DayProps {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <DatePicker
      aria-label={label}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : null)}
      style={{ width: "100%" }}
    />
  );
}

function Between({ field, value, onChange }: Omit<Props, "op">) {
  const { t } = useTranslation("shared");
  const [low, high] = (Array.isArray(value) ? value : [null, null]) as (string | number | null)[];
  const put = (from: string | number | null, to: string | number | null) => onChange([from, to] as (string | number)[]);
  const numeric = NUMERIC.includes(field.type);
  return (
    <Space.Compact block>
      {numeric ? (
        <>
          <Figure field={field} label={t("filter.from")} value={low as number | null} onChange={(from) => put(from, high ?? null)} />
          <Figure field={field} label={t("filter.to")} value={high as number | null} onChange={(to) => put(low ?? null, to)} />
        </>
      ) : (
        <>
          <Day label={t("filter.from")} value={low as string} onChange={(from) => put(from, high ?? null)} />
          <Day label={t("filter.to")} value={high as string} onChange={(to) => put(low ?? null, to)} />
        </>
      )}
    </Space.Compact>
  );
}
