import { Divider, Form, Input, Radio, Select } from "antd";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { useAttributes, type Attribute } from "@/shared/api/attributes";
import type { Field } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { useConflicts } from "@/shared/conflict/ConflictDialog";
import { useMe } from "@/shared/session/session";
import { NewCustomerSlot, type Typed } from "@/shared/slots/newCustomer";
import { FormDialog } from "@/shared/ui/FormDialog";
import { createCustomer, useFields, useOwners, useRefreshCustomer, type Customer, type CustomerDetail, type CustomerKind } from "../api";
import styles from "../customers.module.css";
import { attributeCode, changedAttributes, fieldsFor, isAttribute, toForm } from "./attributes";
import { FieldInput } from "./FieldInput";
import { changed } from "./changed";
import { useFieldWords } from "./useFieldWords";
import { saveCustomer } from "./useSaving";
import { useQuestions } from "./useQuestions";

interface Entered {
  name: string;
  kind: CustomerKind;
  owner_id: number | null;
  phone: string;
  email: string;
  attributes: Record<string, unknown>;
}

interface Props {
  /** null makes a new one. */
  customer: CustomerDetail | null;
  onClose: () => void;
  onSaved?: (id: number) => void;
}

/** Makes a customer, or changes name, owner, telephone, e-mail and attributes of one. */
export function CustomerDialog(props: Props) {
  const declared = useFields("customers");
  const definitions = useAttributes();
  // The form takes its first values once: it waits until it knows which attributes there are.
  if (!declared.data || !definitions.data) return null;
  const editable = declared.data.filter((field) => isAttribute(field) && field.editable);
  const closed = new Set(["owner", "phone", "email"].filter((code) => !declared.data.some((field) => field.code === code && field.editable)));
  return <Dialog {...props} attributes={editable} definitions={definitions.data} closed={closed} />;
}

interface DialogProps extends Props {
  attributes: Field[];
  definitions: Attribute[];
  /** Fixed fields that the viewer's role may not change. */
  closed: Set<string>;
}

function Dialog({ customer, onClose, onSaved, attributes, definitions, closed }: DialogProps) {
  const { t } = useTranslation("customers");
  const me = useMe();
  const Warning = useContext(NewCustomerSlot);
  const refresh = useRefreshCustomer(customer?.id ?? null);
  const conflicts = useConflicts(useFieldWords());
  const throughQuestions = useQuestions();
  const stored = customer?.attributes ?? {};
  const initial: Entered = customer
    ? { name: customer.name, kind: customer.kind, owner_id: customer.owner?.id ?? null, phone: customer.phone, email: customer.email, attributes: toForm(attributes, stored) }
    : { name: "", kind: "organisation", owner_id: me.reach === "own" || me.reach === "team" ? me.id : null, phone: "", email: "", attributes: {} };
  const save = (entered: Entered) => {
    // Attributes of the other kind are not in the form: they stay as they are.
    const asked = fieldsFor(entered.kind, attributes, definitions);
    const given = { ...entered, owner_id: entered.owner_id ?? null, attributes: changedAttributes(asked, entered.attributes ?? {}, stored) };
    if (!customer) return throughQuestions((accepted) => createCustomer({ ...given, ...accepted }));
    // Only what was changed is sent: the rest may have been changed by somebody else meanwhile.
    const change = changed(given, { ...initial, attributes: {} });
    return Object.keys(change).length > 0 ? throughQuestions((accepted) => saveCustomer(customer.id, { ...change, ...accepted, version: customer.version }, conflicts.ask)) : Promise.resolve(customer);
  };
  return (
    <>
    {conflicts.dialog}
    <FormDialog<Entered, Customer>
      open
      width={640}
      title={customer ? t("edit.change") : t("edit.new")}
      initial={initial}
      save={save}
      onSaved={(saved) => {
        refresh();
        onSaved?.(saved.id);
      }}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("edit.name")} rules={[{ required: true, whitespace: true, message: t("edit.name_missing") }, { max: 200, message: t("edit.name_long") }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="kind" label={t("edit.kind")}>
          <Radio.Group options={[{ value: "organisation", label: t("kind.organisation") }, { value: "person", label: t("kind.person") }]} />
        </Form.Item>
        <Form.Item name="owner_id" label={t("edit.owner")}>
          <OwnerSelect disabled={customer !== null && closed.has("owner")} />
        </Form.Item>
        <Form.Item name="phone" label={t("edit.phone")}>
          <Input maxLength={40} autoComplete="off" inputMode="tel" disabled={closed.has("phone")} />
        </Form.Item>
        <Form.Item name="email" label={t("edit.email")} rules={closed.has("email") ? [] : [{ type: "email", message: t("edit.email_wrong") }]}>
          <Input maxLength={254} autoComplete="off" inputMode="email" disabled={closed.has("email")} />
        </Form.Item>
      </div>
      {!customer && Warning && (
        <Form.Item noStyle shouldUpdate>
          {(form) => <Warning typed={form.getFieldsValue(["name", "kind", "phone", "email"]) as Typed} />}
        </Form.Item>
      )}
      {attributes.length > 0 && (
        <Form.Item noStyle shouldUpdate={(before: Entered, after: Entered) => before.kind !== after.kind}>
          {(form) => <Attributes fields={fieldsFor(form.getFieldValue("kind") as CustomerKind, attributes, definitions)} />}
        </Form.Item>
      )}
    </FormDialog>
    </>
  );
}

/** The colleague who looks after the customer. */
export function OwnerSelect({ value, onChange, id, disabled }: { disabled: boolean; value?: number | null; onChange?: (id: number | null) => void; id?: string }) {
  const { t } = useTranslation("customers");
  const owners = useOwners();
  return (
    <Select
      id={id}
      disabled={disabled}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      placeholder={t("edit.no_owner")}
      loading={owners.isPending}
      value={value ?? undefined}
      onChange={(chosen: number | undefined) => onChange?.(chosen ?? null)}
      options={(owners.data ?? []).filter((user) => user.active || user.id === value).map((user) => ({ value: user.id, label: user.name || user.username }))}
    />
  );
}

function Attributes({ fields }: { fields: Field[] }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const sections = [...new Set(fields.map((field) => label(field.section)))];
  return sections.map((section) => (
    <div key={section}>
      <Divider titlePlacement="start" plain>
        {section || t("edit.attributes")}
      </Divider>
      <div className={styles.two}>
        {fields.filter((field) => label(field.section) === section).map((field) => (
          <Form.Item
            key={field.code}
            name={["attributes", attributeCode(field)]}
            label={label(field.label)}
            tooltip={label(field.help) || undefined}
            rules={field.mandatory === "always" ? [{ required: true, message: t("setup.missing") }] : undefined}
          >
            <FieldInput field={field} />
          </Form.Item>
        ))}
      </div>
    </div>
  ));
}
