import { Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { FilterInput } from "@/shared/filter/FilterInput";
import { useLabel } from "@/shared/i18n/i18n";
import { FormDialog } from "@/shared/ui/FormDialog";
import { TreePicker } from "@/shared/ui/TreePicker";
import { useFields } from "../api";
import styles from "../customers.module.css";
import { saveCategory, useRefreshSetup, type Category, type Dimension } from "./api";
import { toBranches, type CategoryBranch } from "./branches";

interface Entered {
  code: string;
  label: { en: string; zh: string };
  parent_id: number | null;
  position: number;
  rule: Record<string, unknown> | null;
}

interface Props {
  dimension: Dimension;
  category: Category | null;
  parent: number | null;
  onClose: () => void;
}

interface Option {
  value: number;
  title: string;
  children: Option[];
}

/** Makes a category of a dimension, changes one, or moves it. */
export function CategoryDialog({ dimension, category, parent, onClose }: Props) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const refresh = useRefreshSetup();
  const fields = useFields("customers");
  const needed = [{ required: true, whitespace: true, message: t("setup.missing") }];
  const options = (branches: CategoryBranch[]): Option[] =>
    branches.filter((one) => one.id !== category?.id).map((one) => ({ value: one.id, title: label(one.label), children: options(one.children ?? []) }));
  const initial: Partial<Entered> = category
    ? { code: category.code, label: category.label, parent_id: category.parent_id, position: category.position, rule: category.rule }
    : { parent_id: parent, position: dimension.categories.length + 1, rule: null };
  return (
    <FormDialog<Entered, Category>
      open
      title={category ? t("setup.category_change") : t("setup.category_new")}
      initial={initial}
      save={(entered) => saveCategory(dimension.code, category?.id ?? null, { ...entered, parent_id: entered.parent_id ?? null, rule: entered.rule ?? null })}
      onSaved={refresh}
      onClose={onClose}
    >
      <div className={styles.two}>
        <Form.Item name={["label", "zh"]} label={t("setup.label_zh")} rules={needed}><Input autoFocus maxLength={120} /></Form.Item>
        <Form.Item name={["label", "en"]} label={t("setup.label_en")} rules={needed}><Input maxLength={120} /></Form.Item>
        <Form.Item name="code" label={t("setup.code")} rules={needed}><Input maxLength={40} autoComplete="off" /></Form.Item>
        <Form.Item name="position" label={t("setup.position")}><InputNumber precision={0} style={{ width: "100%" }} /></Form.Item>
      </div>
      {dimension.form === "tree" && (
        <Form.Item name="parent_id" label={t("setup.below")}>
          <TreePicker allowClear placeholder={t("setup.top")} treeData={options(toBranches(dimension.categories, new Map()))} />
        </Form.Item>
      )}
      {dimension.by_rule && <Form.Item name="rule" label={t("setup.rule")} extra={t("setup.rule_hint")}><FilterInput kind="customers" fields={fields.data} empty={t("setup.rule_make")} /></Form.Item>}
    </FormDialog>
  );
}
