import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Form, Input, InputNumber, Select, Switch, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import { useRoles } from "@/shared/views/roles";
import { FormDialog } from "@/shared/ui/FormDialog";
import styles from "../customers.module.css";
import { TYPES, saveAttribute, useRefreshSetup, type Definition } from "./api";
import { FormulaField } from "./FormulaField";
import { EMPTY, toForm, toServer, type Entered } from "./values";

interface Props {
  /** null makes a new one. */
  definition: Definition | null;
  sections: string[];
  onClose: () => void;
}

const STAGES = ["suspect", "prospect", "customer", "member", "fan"];

/** Defines an attribute, or changes its definition. */
export function AttributeDialog({ definition, sections, onClose }: Props) {
  const { t } = useTranslation("customers");
  const refresh = useRefreshSetup();
  const roles = useRoles(true);
  const options = (words: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`setup.${words}.${value || "both"}`) }));
  const needed = [{ required: true, whitespace: true, message: t("setup.missing") }];
  return (
    <FormDialog<Entered, Definition>
      open
      width={720}
      title={definition ? t("setup.attribute_change") : t("setup.attribute_new")}
      initial={definition ? toForm(definition) : EMPTY}
      save={(entered) => saveAttribute(definition?.code ?? null, toServer({ ...EMPTY, ...(definition ? toForm(definition) : {}), ...entered }, !definition))}
      onSaved={refresh}
      onClose={onClose}
    >
      {(form) => (
        <>
          <div className={styles.two}>
            <Form.Item name={["label", "zh"]} label={t("setup.label_zh")} rules={needed}><Input autoFocus maxLength={80} /></Form.Item>
            <Form.Item name={["label", "en"]} label={t("setup.label_en")} rules={needed}><Input maxLength={80} /></Form.Item>
            {!definition && (
              <Form.Item name="code" label={t("setup.code")} extra={t("setup.code_hint")} rules={[...needed, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("setup.code_wrong") }]}>
                <Input autoComplete="off" />
              </Form.Item>
            )}
            <Form.Item name="type" label={t("setup.type_of")}><Select options={options("type", TYPES)} /></Form.Item>
            <Form.Item name="section" label={t("setup.section")}><AutoComplete options={sections.map((value) => ({ value }))} /></Form.Item>
            <Form.Item name="applies_to" label={t("setup.for")}><Select options={options("applies", ["", "organisation", "person"])} /></Form.Item>
            <Form.Item name={["help", "zh"]} label={t("setup.help_zh")}><Input maxLength={500} /></Form.Item>
            <Form.Item name={["help", "en"]} label={t("setup.help_en")}><Input maxLength={500} /></Form.Item>
          </div>
          <Form.Item noStyle dependencies={["type", "formula", "mandatory"]}>{() => <OfType form={form} code={definition?.code ?? ""} options={options} />}</Form.Item>
          <div className={styles.two}>
            <Form.Item name="visible_to" label={t("setup.visible_to")} extra={t("setup.everybody")}><Select mode="multiple" allowClear options={roles} /></Form.Item>
            <Form.Item name="editable_by" label={t("setup.editable_by")} extra={t("setup.everybody")}><Select mode="multiple" allowClear options={roles} /></Form.Item>
            <Form.Item name="personal" label={t("setup.personal")} extra={t("setup.personal_why")} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item name="listed" label={t("setup.listed")} valuePropName="checked"><Switch /></Form.Item>
          </div>
        </>
      )}
    </FormDialog>
  );
}

interface OfTypeProps {
  form: FormInstance<Entered>;
  code: string;
  options: (words: string, values: readonly string[]) => { value: string; label: string }[];
}

/** What only some types are asked. */
function OfType({ form, code, options }: OfTypeProps) {
  const { t } = useTranslation("customers");
  const type = form.getFieldValue("type") as string;
  const numeric = type === "number" || type === "money";
  const computed = numeric && Boolean(form.getFieldValue("formula"));
  return (
    <>
      {(type === "choice" || type === "choices") && <Choices />}
      {numeric && <FormulaField code={code} />}
      <div className={styles.two}>
        {type === "number" && <Form.Item name="unit" label={t("setup.unit")}><Input maxLength={20} /></Form.Item>}
        {numeric && !computed && <Form.Item name="minimum" label={t("setup.minimum")}><InputNumber style={{ width: "100%" }} /></Form.Item>}
        {numeric && !computed && <Form.Item name="maximum" label={t("setup.maximum")}><InputNumber style={{ width: "100%" }} /></Form.Item>}
        {type === "text" && <Form.Item name="pattern" label={t("setup.pattern")} extra={t("setup.pattern_hint")}><Input maxLength={200} autoComplete="off" /></Form.Item>}
        {type === "reference" && (
          <Form.Item name="references" label={t("setup.references")} rules={[{ required: true, message: t("setup.missing") }]}><Select options={options("reference", ["customers", "users"])} /></Form.Item>
        )}
        {!computed && <Form.Item name="mandatory" label={t("setup.mandatory_of")}><Select options={options("mandatory", ["never", "always", "from_stage"])} /></Form.Item>}
        {!computed && form.getFieldValue("mandatory") === "from_stage" && (
          <Form.Item name="mandatory_stage" label={t("setup.stage_of")} rules={[{ required: true, message: t("setup.missing") }]}><Select options={options("stage", STAGES)} /></Form.Item>
        )}
      </div>
    </>
  );
}

function Choices() {
  const { t } = useTranslation("customers");
  return (
    <Form.Item label={t("setup.choices")} extra={t("setup.choices_hint")}>
      <Form.List name="choices">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className={styles.choice}>
                <Form.Item name={[row.name, "value"]} rules={[{ required: true, message: t("setup.missing") }]}><Input aria-label={t("setup.value")} placeholder={t("setup.value")} maxLength={200} /></Form.Item>
                <Form.Item name={[row.name, "label", "zh"]}><Input aria-label={t("setup.label_zh")} placeholder={t("setup.label_zh")} maxLength={120} /></Form.Item>
                <Form.Item name={[row.name, "label", "en"]}><Input aria-label={t("setup.label_en")} placeholder={t("setup.label_en")} maxLength={120} /></Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t("setup.choice_remove")} onClick={() => remove(row.name)} />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ value: "" })}>{t("setup.choice_add")}</Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
