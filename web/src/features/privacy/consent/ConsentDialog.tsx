import { DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { ORIGINS, recordConsent, STATES, useRefreshConsents, type ConsentIn } from "./api";

/** What is asked about, and what was probably said. */
export interface Asked {
  channel: string;
  purpose: string;
  state: string;
}

interface Entered {
  state: ConsentIn["state"];
  origin: string;
  at?: Dayjs | null;
  until?: Dayjs | null;
  proof?: string;
}

interface Props {
  customerId: number;
  contactId: number | null;
  asked: Asked;
  onClose: () => void;
}

/** Writes down what a customer said, with how it was said and what proves it. */
export function ConsentDialog({ customerId, contactId, asked, onClose }: Props) {
  const { t } = useTranslation("privacy");
  const refresh = useRefreshConsents();
  const every = asked.channel === "all";
  const title = every ? t(asked.state === "denied" ? "consent.never" : "consent.lift") : `${t(`consent.ways.${asked.channel}`)} · ${t(`consent.purposes.${asked.purpose}`, { defaultValue: asked.purpose })}`;
  const states = every ? [asked.state] : STATES;
  return (
    <FormDialog<Entered>
      open
      title={title}
      initial={{ state: asked.state as Entered["state"], origin: "phone", proof: "" }}
      save={({ at, until, ...entered }) =>
        recordConsent(customerId, {
          ...entered, contact_id: contactId, channel: asked.channel as ConsentIn["channel"], purpose: asked.purpose, proof: entered.proof ?? "",
          at: at?.toISOString() ?? null, until: until?.format("YYYY-MM-DD") ?? null,
        })
      }
      onSaved={refresh}
      onClose={onClose}
    >
      <Form.Item name="state" label={t("consent.state")}>
        <Select options={states.map((value) => ({ value, label: t(`consent.states.${every ? `all_${value}` : value}`) }))} />
      </Form.Item>
      <Form.Item name="origin" label={t("consent.origin")}>
        <Select options={ORIGINS.map((value) => ({ value, label: t(`consent.origins.${value}`) }))} />
      </Form.Item>
      <Form.Item name="at" label={t("consent.at")} extra={t("consent.at_hint")}>
        <DatePicker showTime style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="until" label={t("consent.until")} extra={t("consent.until_hint")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="proof" label={t("consent.proof")} extra={t("consent.proof_hint")}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormDialog>
  );
}
