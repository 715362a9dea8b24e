import { App, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GROUPED } from "@/shared/format/grouped";
import { useFormat } from "@/shared/format/useFormat";
import { useCurrency } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { recordFact, useFacts, useRefreshCustomer, type Recordable } from "../api";
import styles from "../customers.module.css";
import { INTERACTION_KINDS, toFact, type Entered } from "./facts";
import { Submission } from "./submission";

interface Props {
  customerId: number;
  kind: Recordable;
  onClose: () => void;
}

const TITLE = { transactions: "record.transaction", receipts: "record.receipt", interactions: "record.interaction" } as const;

/** Enters a transaction, a receipt or an interaction of one customer by hand; the score follows by itself. */
export function RecordDialog({ customerId, kind, onClose }: Props) {
  const { t } = useTranslation("customers");
  const { message } = App.useApp();
  const refresh = useRefreshCustomer(customerId);
  const [submission] = useState(() => new Submission());
  const [initial] = useState<Partial<Entered>>(() => ({ when: dayjs(), kind: kind === "transactions" ? "sale" : kind === "interactions" ? "visit" : undefined }));
  const save = (entered: Entered) => {
    const fact = toFact(kind, customerId, entered);
    return recordFact(kind, fact, submission.keyFor(fact));
  };
  return (
    <FormDialog<Entered>
      open
      title={t(TITLE[kind])}
      initial={initial}
      save={save}
      onSaved={() => {
        refresh();
        void message.success(t("record.saved"));
      }}
      onClose={onClose}
    >
      {kind === "transactions" && <TransactionFields />}
      {kind === "receipts" && <ReceiptFields customerId={customerId} />}
      {kind === "interactions" && <InteractionFields />}
    </FormDialog>
  );
}

function When({ label, time }: { label: string; time: boolean }) {
  const { t } = useTranslation("customers");
  return (
    <Form.Item name="when" label={label} rules={[{ required: true, message: t("record.when_missing") }]}>
      <DatePicker showTime={time ? { format: "HH:mm" } : false} format={time ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD"} allowClear={false} needConfirm={false} style={{ width: "100%" }} />
    </Form.Item>
  );
}

function Amount({ name, label, required = true, autoFocus }: { name: "amount" | "cost"; label: string; required?: boolean; autoFocus?: boolean }) {
  const { t } = useTranslation("customers");
  const currency = useCurrency();
  return (
    <Form.Item name={name} label={label} rules={required ? [{ required: true, message: t("record.amount_missing") }] : []}>
      <InputNumber<string> {...GROUPED} stringMode min="0" max="99999999999999.9999" autoFocus={autoFocus} suffix={currency} style={{ width: "100%" }} inputMode="decimal" />
    </Form.Item>
  );
}

function TransactionFields() {
  const { t } = useTranslation("customers");
  return (
    <>
      <Form.Item name="kind" label={t("record.kind")}>
        <Radio.Group options={[{ value: "sale", label: t("transaction.sale") }, { value: "return", label: t("transaction.return") }]} />
      </Form.Item>
      <div className={styles.two}>
        <Amount name="amount" label={t("record.amount")} autoFocus />
        <Amount name="cost" label={t("record.cost")} required={false} />
      </div>
      <When label={t("record.occurred_at")} time />
      <Form.Item name="note" label={t("record.note")}>
        <Input.TextArea rows={2} maxLength={4000} />
      </Form.Item>
    </>
  );
}

function ReceiptFields({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const invoices = useFacts(customerId, "invoices", { limit: 100, sort: "-issued_on" });
  const options = (invoices.data?.items ?? []).map((invoice) => ({
    value: invoice.id,
    label: `${format.date(invoice.issued_on as string)} · ${format.money(invoice.amount as string)}${invoice.source_key ? ` · ${String(invoice.source_key)}` : ""}`,
  }));
  return (
    <>
      <Amount name="amount" label={t("record.amount")} autoFocus />
      <When label={t("record.received_on")} time={false} />
      <Form.Item name="invoice_id" label={t("record.invoice")} extra={t("record.invoice_hint")}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} loading={invoices.isPending} options={options} placeholder={t("record.no_invoice")} />
      </Form.Item>
    </>
  );
}

function InteractionFields() {
  const { t } = useTranslation("customers");
  return (
    <>
      <div className={styles.two}>
        <Form.Item name="kind" label={t("record.kind")}>
          <Select options={INTERACTION_KINDS.map((kind) => ({ value: kind, label: t(`interaction.${kind}`) }))} />
        </Form.Item>
        <When label={t("record.occurred_at")} time />
      </div>
      <Form.Item name="subject" label={t("record.subject")} rules={[{ required: true, whitespace: true, message: t("record.subject_missing") }]}>
        <Input autoFocus maxLength={200} />
      </Form.Item>
      <Form.Item name="note" label={t("record.note")}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
    </>
  );
}
