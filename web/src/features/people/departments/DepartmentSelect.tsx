import { useLanguage } from "@/shared/i18n/i18n";
import { TreePicker } from "@/shared/ui/TreePicker";
import { toOptions, toTree } from "@/shared/ui/tree";
import type { Department } from "../api";

interface Props {
  id?: string;
  departments: Department[];
  value?: number | null;
  onChange?: (id: number | null) => void;
  placeholder: string;
  "aria-label"?: string;
}

/** Chooses one department of the tree, or none. */
export function DepartmentSelect({ departments, value, onChange, ...rest }: Props) {
  const language = useLanguage();
  return (
    <TreePicker
      {...rest}
      allowClear
      showSearch={{ treeNodeFilterProp: "title" }}
      treeDefaultExpandAll
      treeData={toOptions(toTree(departments, language))}
      value={value ?? undefined}
      onChange={(id: number | undefined) => onChange?.(id ?? null)}
      style={{ width: "100%" }}
    />
  );
}
