import { AutoComplete, DatePicker, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { GROUPED } from "@/shared/format/grouped";
import { useLabel } from "@/shared/i18n/i18n";
import { ReferenceInput } from "./ReferenceInput";

interface Props {
  field: Field;
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  /** What can be chosen is shown at once. */
  opened?: boolean;
}

/** The control that takes a value of a declared field; made to stand in a form item. */
export function FieldInput({ field, value, onChange, id, opened }: Props) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const shared = { id, onChange: onChange as never, style: { width: "100%" } };
  const options = field.choices?.map((choice) => ({ value: choice.value, label: label(choice.label) }));
  switch (field.type) {
    case "money":
      return <InputNumber {...shared} {...GROUPED} value={value as number} suffix={field.unit || undefined} />;
    case "number":
      return <InputNumber {...shared} value={value as number} suffix={field.unit || undefined} />;
    case "date":
      return <DatePicker {...shared} value={value as never} />;
    case "yes_no":
      return <Select {...shared} defaultOpen={opened} allowClear value={value as never} options={[{ value: true as never, label: t("yes") }, { value: false as never, label: t("no") }]} />;
    case "choices":
      return <Select {...shared} defaultOpen={opened} mode="multiple" allowClear showSearch={{ optionFilterProp: "label" }} value={(value as string[]) ?? []} options={options} />;
    case "reference":
      return <ReferenceInput field={field} id={id} value={value} onChange={onChange} opened={opened} />;
    case "choice":
      return options?.length ? <Select {...shared} defaultOpen={opened} allowClear showSearch={{ optionFilterProp: "label" }} value={value as string} options={options} /> : <Text value={value} onChange={onChange} id={id} />;
    default:
      return options?.length ? <AutoComplete {...shared} value={value as string} options={options} /> : <Text value={value} onChange={onChange} id={id} />;
  }
}

function Text({ value, onChange, id }: Omit<Props, "field" | "opened">) {
  return <Input id={id} value={(value as string) ?? ""} onChange={(event) => onChange?.(event.target.value)} />;
}
