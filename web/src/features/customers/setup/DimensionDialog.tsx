import { Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import styles from "../customers.module.css";
import { saveDimension, useRefreshSetup, type Dimension } from "./api";

interface Entered {
  code: string;
  label: { en: string; zh: string };
  form: string;
  applies_to: string;
  exclusive: boolean;
  by_rule: boolean;
  position: number;
}

/** Makes a dimension, or changes one. */
export function DimensionDialog({ dimension, onClose }: { dimension: Dimension | null; onClose: () => void }) {
  const { t } = useTranslation("customers");
  const refresh = useRefreshSetup();
  const needed = [{ required: true, whitespace: true, message: t("setup.missing") }];
  const initial: Partial<Entered> = dimension
    ? { label: dimension.label, form: dimension.form, applies_to: dimension.applies_to ?? "", exclusive: dimension.exclusive, by_rule: dimension.by_rule, position: dimension.position }
    : { form: "list", applies_to: "", exclusive: true, by_rule: false, position: 100 };
  return (
    <FormDialog<Entered, Dimension>
      open
      title={dimension ? t("setup.dimension_change") : t("setup.dimension_new")}
      initial={initial}
      save={(entered) => saveDimension(dimension?.code ?? null, { ...entered, applies_to: entered.applies_to || null })}
      onSaved={refresh}
      onClose={onClose}
    >
      <div className={styles.two}>
        <Form.Item name={["label", "zh"]} label={t("setup.label_zh")} rules={needed}><Input autoFocus maxLength={80} /></Form.Item>
        <Form.Item name={["label", "en"]} label={t("setup.label_en")} rules={needed}><Input maxLength={80} /></Form.Item>
        {!dimension && <Form.Item name="code" label={t("setup.code")} extra={t("setup.code_hint")} rules={[...needed, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("setup.code_wrong") }]}><Input autoComplete="off" /></Form.Item>}
        <Form.Item name="form" label={t("setup.form_of")}><Select options={["list", "tree"].map((value) => ({ value, label: t(`setup.form.${value}`) }))} /></Form.Item>
        <Form.Item name="applies_to" label={t("setup.for")}><Select options={["", "organisation", "person"].map((value) => ({ value, label: t(`setup.applies.${value || "both"}`) }))} /></Form.Item>
        <Form.Item name="position" label={t("setup.position")}><InputNumber precision={0} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="exclusive" label={t("setup.exclusive")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="by_rule" label={t("setup.by_rule")} valuePropName="checked" extra={t("setup.by_rule_hint")}><Switch /></Form.Item>
      </div>
    </FormDialog>
  );
}
