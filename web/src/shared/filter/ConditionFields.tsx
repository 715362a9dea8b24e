import { InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { FieldSelect } from "./FieldSelect";
import { PERIODS, opsFor, type Op, type Period, type Value } from "./filter";
import { RELATIVE, conditionFor, relativeOf, type Relative, type RelativeMeaning } from "./relative";
import { ValueInput } from "./ValueInput";

/** A condition while it is being entered. */
export interface Draft {
  field: string | null;
  op: Op;
  value: Value | null;
}

interface Props {
  fields: Field[];
  draft: Draft;
  onChange: (draft: Draft) => void;
  autoFocus?: boolean;
}

const isDay = (field: Field) => field.type === "date" || field.type === "datetime";
const isRelative = (key: string): key is Relative => RELATIVE.includes(key as Relative);

/** Field, operator and value; the value's control follows the field. */
export function ConditionFields({ fields, draft, onChange, autoFocus }: Props) {
  const { t } = useTranslation("shared");
  const field = fields.find((one) => one.code === draft.field);
  const relative = draft.value === null ? null : relativeOf({ op: draft.op, value: draft.value });
  const ops = field ? opsFor(field) : [];
  const options = [
    ...ops.map((op) => ({ value: op as string, label: t(`op.${op}`) })),
    ...(field && isDay(field) ? RELATIVE.map((kind) => ({ value: kind as string, label: t(`filter.relative.${kind}`) })) : []),
  ];
  const choose = (key: string) => onChange({ ...draft, ...(isRelative(key) ? conditionFor(key) : { op: key as Op, value: key === "is_null" ? true : null }) });
  return (
    <>
      <FieldSelect
        fields={fields}
        autoFocus={autoFocus}
        value={draft.field}
        onChange={(code) => {
          const chosen = fields.find((one) => one.code === code);
          onChange({ field: code, op: chosen ? (opsFor(chosen)[0] ?? "eq") : "eq", value: null });
        }}
      />
      {field && (
        <>
          <Select aria-label={t("filter.op")} value={relative?.kind ?? draft.op} options={options} onChange={choose} popupMatchSelectWidth={false} />
          {relative ? (
            <RelativeInput meaning={relative} onChange={(value) => onChange({ ...draft, value })} />
          ) : (
            <ValueInput field={field} op={draft.op} value={draft.value} onChange={(value) => onChange({ ...draft, value })} />
          )}
        </>
      )}
    </>
  );
}

function RelativeInput({ meaning, onChange }: { meaning: RelativeMeaning; onChange: (value: Value) => void }) {
  const { t } = useTranslation("shared");
  if (meaning.kind === "period") {
    return (
      <Select<Period>
        aria-label={t("filter.value")}
        value={meaning.period}
        onChange={(period) => onChange({ period })}
        options={PERIODS.map((period) => ({ value: period, label: t(`filter.period.${period}`) }))}
      />
    );
  }
  return (
    <InputNumber
      aria-label={t("filter.value")}
      min={0}
      max={36_500}
      precision={0}
      value={meaning.days}
      suffix={t("filter.days_unit")}
      onChange={(days) => onChange({ days_ago: days ?? Number.NaN })}
      style={{ width: "100%" }}
    />
  );
}
