import { Form, Input, Radio, Select, type FormInstance } from "antd";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { FilterInput } from "@/shared/filter/FilterInput";
import { useLabel } from "@/shared/i18n/i18n";
import { FormDialog } from "@/shared/ui/FormDialog";
import styles from "../quality.module.css";
import { checksOf, given, isRuled, saveRule, useBreakingDraft, useCustomerFields, useRefreshRules, type Check, type Rule, type RuleIn } from "./api";
import { FormField } from "./FormField";

interface Props {
  rule: Rule | null;
  onClose: () => void;
}

const BLANK: Partial<RuleIn> = { check: "required", strict: true, active: false, kind: "", grades: [], stages: [], when: null, pattern: "", choices: [], minimum: "", maximum: "", message_en: "", message_zh: "" };

/** Makes a rule, or changes one; says at once how many customers it is broken by. */
export function RuleDialog({ rule, onClose }: Props) {
  const { t } = useTranslation("quality");
  const fields = useCustomerFields();
  const refresh = useRefreshRules();
  if (!fields.data) return null;
  const ruled = fields.data.filter(isRuled);
  return (
    <FormDialog<RuleIn, Rule>
      open
      width={640}
      title={rule ? t("rules.change") : t("rules.new")}
      initial={rule ? given(rule) : BLANK}
      save={(entered) => saveRule(rule?.id ?? null, complete(entered, rule))}
      onSaved={refresh}
      onClose={onClose}
    >
      {(form) => (
        <>
          <Asked form={form} fields={ruled} />
          <Form.Item name="strict" label={t("rules.strength")}>
            <Radio.Group options={[{ value: true, label: t("rules.strict_long") }, { value: false, label: t("rules.warning_long") }]} />
          </Form.Item>
          <Scope fields={fields.data} />
          <div className={styles.two}>
            <Form.Item name="message_zh" label={t("rules.message_zh")} extra={t("rules.message_hint")}><Input maxLength={200} /></Form.Item>
            <Form.Item name="message_en" label={t("rules.message_en")}><Input maxLength={200} /></Form.Item>
          </div>
          <Form.Item noStyle shouldUpdate>{() => <Preview draft={complete(form.getFieldsValue(true) as RuleIn, rule)} />}</Form.Item>
        </>
      )}
    </FormDialog>
  );
}

const complete = (entered: Partial<RuleIn>, rule: Rule | null): RuleIn => ({ ...BLANK, ...entered, kind: entered.kind ?? "", active: rule?.active ?? false }) as RuleIn;

/** The field, what it is asked, and what that needs. */
function Asked({ form, fields }: { form: FormInstance<RuleIn>; fields: Field[] }) {
  const { t } = useTranslation("quality");
  const needed = [{ required: true, message: t("rules.missing") }];
  return (
    <Form.Item noStyle dependencies={["field", "check"]}>
      {() => {
        const field = fields.find((one) => one.code === form.getFieldValue("field"));
        const checks = field ? checksOf(field) : [];
        const check = form.getFieldValue("check") as Check;
        return (
          <>
            <div className={styles.two}>
              <Form.Item name="field" label={t("rules.field")} rules={needed}>
                <FieldChoice fields={fields} onChosen={(chosen) => !checksOf(chosen).includes(form.getFieldValue("check") as Check) && form.setFieldValue("check", "required")} />
              </Form.Item>
              <Form.Item name="check" label={t("rules.asked")} rules={needed}>
                <Select disabled={!field} options={checks.map((one) => ({ value: one, label: t(`rules.check.${one}`) }))} />
              </Form.Item>
            </div>
            {field && check === "format" && <Form.Item name="pattern" label={t("rules.form")} rules={needed}><FormField /></Form.Item>}
            {field && check === "allowed" && <Allowed field={field} />}
          </>
        );
      }}
    </Form.Item>
  );
}

interface FieldChoiceProps {
  fields: Field[];
  onChosen: (field: Field) => void;
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
}

function FieldChoice({ fields, onChosen, id, value, onChange }: FieldChoiceProps) {
  const label = useLabel();
  const choose = (code: string) => {
    onChange?.(code);
    const field = fields.find((one) => one.code === code);
    if (field) onChosen(field);
  };
  return <Select id={id} showSearch={{ optionFilterProp: "label" }} value={value} onChange={choose} options={fields.map((one) => ({ value: one.code, label: label(one.label) }))} />;
}

function Allowed({ field }: { field: Field }) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  if (field.type === "number" || field.type === "money" || field.type === "date") {
    const hint = field.type === "date" ? "YYYY-MM-DD" : undefined;
    return (
      <div className={styles.two}>
        <Form.Item name="minimum" label={t("rules.minimum")}><Input maxLength={40} placeholder={hint} /></Form.Item>
        <Form.Item name="maximum" label={t("rules.maximum")}><Input maxLength={40} placeholder={hint} /></Form.Item>
      </div>
    );
  }
  const options = (field.choices ?? []).map((one) => ({ value: one.value, label: label(one.label) }));
  return (
    <Form.Item name="choices" label={t("rules.choices")} rules={[{ required: true, message: t("rules.missing") }]}>
      <Select mode={options.length > 0 ? "multiple" : "tags"} options={options} />
    </Form.Item>
  );
}

/** Of which customers it is asked. */
function Scope({ fields }: { fields: Field[] }) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  const options = (code: string) => (fields.find((one) => one.code === code)?.choices ?? []).map((one) => ({ value: one.value, label: label(one.label) }));
  return (
    <div className={styles.two}>
      <Form.Item name="kind" label={t("rules.kind")}><Select options={[{ value: "", label: t("rules.every") }, ...options("kind")]} /></Form.Item>
      <Form.Item name="stages" label={t("rules.stages")}><Select mode="multiple" allowClear placeholder={t("rules.every")} options={options("stage")} /></Form.Item>
      <Form.Item name="grades" label={t("rules.grades")}><Select mode="multiple" allowClear placeholder={t("rules.every")} options={options("grade")} /></Form.Item>
      <Form.Item name="when" label={t("rules.when")}><FilterInput kind="customers" fields={fields.filter((one) => one.code !== "breaks")} empty={t("rules.when_none")} /></Form.Item>
    </div>
  );
}

/** Whether what was entered is a rule yet. */
function isReady(draft: RuleIn): boolean {
  if (!draft.field) return false;
  if (draft.check === "format") return draft.pattern !== "";
  return draft.check !== "allowed" || (draft.choices ?? []).length > 0 || Boolean(draft.minimum) || Boolean(draft.maximum);
}

function Preview({ draft }: { draft: RuleIn }) {
  const { t } = useTranslation("quality");
  const settled = useDeferredValue(isReady(draft) ? JSON.stringify({ ...draft, active: false, message_en: "", message_zh: "" }) : null);
  const breaking = useBreakingDraft(settled === null ? null : (JSON.parse(settled) as RuleIn));
  return <p role="status" className={styles.about}>{breaking.data && settled !== null ? t("rules.preview", { count: breaking.data.customers }) : " "}</p>;
}
