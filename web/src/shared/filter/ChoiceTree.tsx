import type { Field } from "../api/types";
import { useLabel, useLanguage } from "../i18n/i18n";
import { TreePicker } from "../ui/TreePicker";
import { toOptions, toTree } from "../ui/tree";

type Chosen = string | string[] | null;

interface Props {
  field: Field;
  label: string;
  several?: boolean;
  value: Chosen | undefined;
  onChange: (value: Chosen) => void;
  placeholder?: string;
}

/** Whether the choices of a field stand below one another, as departments do. */
export const isTree = (field: Field): boolean => !!field.choices?.some((one) => one.parent);

/** One or several of choices that are a tree, each also found by its name. */
export function ChoiceTree({ field, label, several, value, onChange, placeholder }: Props) {
  const name = useLabel();
  const language = useLanguage();
  const placed = (field.choices ?? []).map((one) => ({ id: one.value, name: name(one.label), parent_id: one.parent }));
  return (
    <TreePicker
      allowClear
      aria-label={label}
      multiple={several}
      placeholder={placeholder}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: "title" }}
      treeData={toOptions(toTree(placed, language))}
      value={value ?? undefined}
      onChange={(chosen: Chosen | undefined) => onChange(chosen ?? null)}
      popupMatchSelectWidth={false}
      style={{ minWidth: 120, width: placeholder ? undefined : "100%" }}
    />
  );
}
