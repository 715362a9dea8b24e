import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { CheckGroup } from "@/shared/ui/CheckGroup";
import { FormDialog } from "@/shared/ui/FormDialog";
import { createWebhook, updateWebhook, useRefreshWebhooks, type Announced, type Webhook } from "./api";
import styles from "./webhooks.module.css";

interface Entered {
  name: string;
  url: string;
  events: string[];
}

interface Props {
  /** null registers a new one. */
  webhook: Webhook | null;
  events: Announced[];
  onClose: () => void;
  onMade: (made: { name: string; secret: string }) => void;
}

/** Registers an address, or changes one. */
export function WebhookDialog({ webhook, events, onClose, onMade }: Props) {
  const { t } = useTranslation("integration");
  const label = useLabel();
  const refresh = useRefreshWebhooks();
  const save = async (entered: Entered) => {
    if (webhook) return void (await updateWebhook(webhook.id, entered));
    return createWebhook(entered);
  };
  return (
    <FormDialog<Entered, { name: string; secret: string } | undefined | void>
      open
      title={t(webhook ? "webhook.edit" : "webhook.new")}
      width={640}
      initial={webhook ? { name: webhook.name, url: webhook.url, events: webhook.events } : { events: [] }}
      save={save}
      onSaved={(made) => {
        refresh();
        if (made) onMade(made);
      }}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("webhook.name")} extra={t("webhook.name_hint")} rules={[{ required: true, whitespace: true, message: t("webhook.name_missing") }]}>
        <Input autoFocus autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="url" label={t("webhook.url")} rules={[{ required: true, message: t("webhook.url_missing") }]}>
        <Input autoComplete="off" maxLength={500} placeholder="https://" />
      </Form.Item>
      <Form.Item name="events" label={t("webhook.events")} rules={[{ required: true, type: "array", min: 1, message: t("webhook.events_missing") }]}>
        <CheckGroup label={t("webhook.events")} className={styles.events} options={events.map((event) => ({ value: event.code, label: label(event.label) }))} />
      </Form.Item>
    </FormDialog>
  );
}
