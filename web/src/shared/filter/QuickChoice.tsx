import { Select } from "antd";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/i18n";
import type { ListControl } from "../list/useListState";
import { ChoiceTree, isTree } from "./ChoiceTree";
import { isCondition, isDirect, narrowed, type Condition } from "./filter";

/** Whether a box shows this condition: one value of its field. */
export const isQuick = (code: string, { field, op, value }: Condition): boolean => field === code && op === "in" && Array.isArray(value) && value.length === 1;

const MANY = 12;

/** One value of a field, of those that are asked most; it is a condition of the filter like others. */
export function QuickChoice({ field, list }: { field: Field; list: ListControl }) {
  const label = useLabel();
  const { filter } = list;
  const condition = isDirect(filter) ? filter.conditions.filter(isCondition).find((one) => isQuick(field.code, one)) : undefined;
  const name = label(field.label);
  const value = condition && (condition.value as string[])[0];
  const put = (chosen: string | null | undefined) => list.set({ filter: narrowed(filter, field.code, "in", chosen ? [chosen] : []) });
  if (isTree(field)) return <ChoiceTree field={field} label={name} placeholder={name} value={value} onChange={(chosen) => put(chosen as string | null)} />;
  return (
    <Select
      allowClear
      aria-label={name}
      placeholder={name}
      style={{ minWidth: 120 }}
      popupMatchSelectWidth={false}
      showSearch={(field.choices?.length ?? 0) > MANY && { optionFilterProp: "label" }}
      value={value}
      onChange={put}
      options={field.choices?.map((one) => ({ value: one.value, label: label(one.label) }))}
    />
  );
}
