import { Form, Input, Modal } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useConflicts } from "@/shared/conflict/ConflictDialog";
import { useLabel } from "@/shared/i18n/i18n";
import { FormDialog } from "@/shared/ui/FormDialog";
import { ErrorState, NoPermission } from "@/shared/ui/states";
import { TreePicker } from "@/shared/ui/TreePicker";
import type { Field } from "@/shared/api/types";
import { useCustomer, useFields, useRefreshCustomer, type Customer, type CustomerDetail } from "../api";
import { BirthdaysDialog } from "../contacts/BirthdaysDialog";
import { ContactDialog } from "../contacts/ContactDialog";
import { AddressDialog } from "../profile/AddressesBlock";
import { useAddresses, useIdentifiers, useRefreshProfile, writeIdentifiers, type IdentifierIn } from "../profile/api";
import { setClasses, useDimensions, type Dimension } from "../setup/api";
import { toOptions } from "../setup/branches";
import { attributeCode, isAttribute } from "./attributes";
import { CustomerDialog, OwnerSelect } from "./CustomerDialog";
import { FieldInput } from "./FieldInput";
import { changeOf, enteredOf, inputOf } from "./inline";
import { useFieldWords } from "./useFieldWords";
import { saveCustomer } from "./useSaving";
import { useQuestions } from "./useQuestions";

interface Props {
  customerId: number;
  /** The code of a field, or of what stands beside the customer: address, contact, contact_birthday, credit_code, class.CODE. */
  code: string;
  onClose: () => void;
}

/** Opens what is to be filled in, and nothing else. */
export function FillDialog({ customerId, code, onClose }: Props) {
  const customer = useCustomer(customerId);
  if (customer.error && !customer.data) return <Refused onClose={onClose}><ErrorState error={customer.error} /></Refused>;
  if (!customer.data) return null;
  const given = { customer: customer.data, onClose };
  const own = code.replace(/_(dead|fake)$/, "");
  if (own === "contact") return <ContactDialog contact={null} customerId={customerId} onClose={onClose} />;
  if (own === "contact_birthday") return <BirthdaysDialog customerId={customerId} title={customer.data.name} onClose={onClose} />;
  if (own === "address") return <NewAddress {...given} />;
  if (own === "credit_code") return <CreditCodeDialog {...given} />;
  if (own.startsWith("class.")) return <ClassDialog {...given} code={own.slice("class.".length)} />;
  if (own === "kind") return <CustomerDialog {...given} />;
  return <FieldDialog {...given} code={own} />;
}

interface Of {
  customer: CustomerDetail;
  onClose: () => void;
}

function Refused({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return <Modal open footer={null} onCancel={onClose}>{children}</Modal>;
}

/** Where a field stands in the form: where the server's complaints name it. */
function placeOf(field: Field): string | string[] {
  if (isAttribute(field)) return ["attributes", attributeCode(field)];
  return field.code === "owner" ? "owner_id" : field.code;
}

function FieldDialog({ customer, code, onClose }: Of & { code: string }) {
  const label = useLabel();
  const fields = useFields("customers");
  const refresh = useRefreshCustomer(customer.id);
  const conflicts = useConflicts(useFieldWords());
  const throughQuestions = useQuestions();
  if (!fields.data) return null;
  const field = fields.data.find((one) => one.code === code);
  if (!field?.editable) return <Refused onClose={onClose}><NoPermission /></Refused>;
  const place = placeOf(field);
  const path = Array.isArray(place) ? place : [place];
  const inForm = (value: unknown) => path.reduceRight((inner, part) => ({ [part]: inner }) as never, value) as Record<string, unknown>;
  const save = (entered: Record<string, unknown>) => {
    const value = enteredOf(field, path.reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], entered));
    return throughQuestions((accepted) => saveCustomer(customer.id, { ...changeOf(field, value), ...accepted, version: customer.version }, conflicts.ask));
  };
  return (
    <>
      {conflicts.dialog}
      <FormDialog<Record<string, unknown>, Customer> open title={customer.name} initial={inForm(inputOf(field, customer))} save={save} onSaved={refresh} onClose={onClose}>
        <Form.Item name={place} label={label(field.label)} extra={field.help ? label(field.help) : undefined}>
          {field.code === "owner" ? <OwnerSelect disabled={false} /> : <FieldInput field={field} />}
        </Form.Item>
        <Focus id={path.join("_")} />
      </FormDialog>
    </>
  );
}

/** Puts the cursor where something is to be typed, once the dialog is there. */
function Focus({ id }: { id: string }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() => document.getElementById(id)?.focus());
    return () => cancelAnimationFrame(frame);
  }, [id]);
  return null;
}

function NewAddress({ customer, onClose }: Of) {
  const addresses = useAddresses(customer.id);
  const refresh = useRefreshProfile();
  const refreshCustomer = useRefreshCustomer(customer.id);
  if (!addresses.data) return null;
  const { items, version } = addresses.data;
  return <AddressDialog customerId={customer.id} items={items} version={version} at={items.length} onClose={onClose} onSaved={() => { refresh(); refreshCustomer(); }} />;
}

function CreditCodeDialog({ customer, onClose }: Of) {
  const { t } = useTranslation("customers");
  const identifiers = useIdentifiers(customer.id);
  const refresh = useRefreshProfile();
  const refreshCustomer = useRefreshCustomer(customer.id);
  if (!identifiers.data) return null;
  const items = identifiers.data.items as IdentifierIn[];
  const present = items.findIndex((one) => one.kind === "credit_code");
  const at = present < 0 ? items.length : present;
  const save = ({ value }: { value: string }) => {
    const all = [...items];
    all[at] = { kind: "credit_code", source: "", value };
    return writeIdentifiers(customer.id, all, identifiers.data.version, at);
  };
  return (
    <FormDialog<{ value: string }> open title={customer.name} initial={{ value: items[at]?.value ?? "" }} save={save} onSaved={() => { refresh(); refreshCustomer(); }} onClose={onClose}>
      <Form.Item name="value" label={t("identifier.kinds.credit_code")} rules={[{ required: true, whitespace: true, message: t("identifier.value_missing") }]}>
        <Input autoFocus maxLength={120} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

function ClassDialog({ customer, code, onClose }: Of & { code: string }) {
  const dimensions = useDimensions();
  const dimension = dimensions.data?.find((one) => one.code === code);
  if (!dimensions.data) return null;
  if (!dimension) return <Refused onClose={onClose}><ErrorState error={null} /></Refused>;
  return <Categories customer={customer} dimension={dimension} onClose={onClose} />;
}

function Categories({ customer, dimension, onClose }: Of & { dimension: Dimension }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const refresh = useRefreshCustomer(customer.id);
  const [mine] = useState(() => (customer.classes[dimension.code] ?? []).map((one) => one.id));
  const save = ({ categories }: { categories?: number | number[] }) => setClasses(customer.id, dimension.code, categories === undefined ? [] : [categories].flat(), mine);
  return (
    <FormDialog<{ categories?: number | number[] }> open title={customer.name} initial={{ categories: dimension.exclusive ? mine[0] : mine }} save={save} onSaved={refresh} onClose={onClose}>
      <Form.Item name="categories" label={label(dimension.label)} extra={dimension.by_rule ? t("classes.by_rule") : undefined}>
        <TreePicker autoFocus allowClear disabled={dimension.by_rule} showSearch={{ treeNodeFilterProp: "title" }} placeholder={t("classes.none")} multiple={!dimension.exclusive} treeData={toOptions(dimension.categories, label)} />
      </Form.Item>
    </FormDialog>
  );
}
