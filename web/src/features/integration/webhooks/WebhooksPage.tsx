import { MoreOutlined, PlusOutlined, SendOutlined } from "@ant-design/icons";
import { Alert, App, Button, Drawer, Dropdown, Modal, Table, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Status } from "@/shared/ui/Status";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText, RelativeTime } from "@/shared/ui/values";
import { Loaded } from "@/shared/ui/Loaded";
import { DeliveryLog } from "./DeliveryLog";
import { WebhookDialog } from "./WebhookDialog";
import { useActivateWebhook, useDeleteWebhook, useRenewSecret, useSendTest, useWebhooks, type Webhook } from "./api";
import styles from "./webhooks.module.css";

type Secret = { name: string; secret: string };

/** Addresses of other systems that are told of news here, and whether it arrived. */
export function Component() {
  const { t } = useTranslation("integration");
  const webhooks = useWebhooks();
  const [editing, setEditing] = useState<Webhook | "new" | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const [logOf, setLogOf] = useState<Webhook | null>(null);
  const items = webhooks.data?.items;
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
      {t("webhook.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("webhook.title")} count={items && <NumberText value={items.length} />} about={t("webhook.about")} actions={create} />
      <Loaded query={webhooks}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("webhook.none")} why={t("webhook.none_why")} icon={<SendOutlined style={{ fontSize: 40 }} />} />
          ) : (
            <WebhookTable items={items} onEdit={setEditing} onSecret={setSecret} onLog={setLogOf} />
          )
        }
      </Loaded>
      {editing && <WebhookDialog webhook={editing === "new" ? null : editing} events={webhooks.data?.events ?? []} onClose={() => setEditing(null)} onMade={setSecret} />}
      {secret && <SecretShown {...secret} onClose={() => setSecret(null)} />}
      <Drawer open={logOf !== null} onClose={() => setLogOf(null)} title={t("webhook.log_of", { name: logOf?.name ?? "" })} size={760} destroyOnHidden>
        {logOf && <DeliveryLog webhook={logOf} events={webhooks.data?.events ?? []} />}
      </Drawer>
    </>
  );
}

interface TableProps {
  items: Webhook[];
  onEdit: (webhook: Webhook) => void;
  onSecret: (secret: Secret) => void;
  onLog: (webhook: Webhook) => void;
}

function WebhookTable({ items, onEdit, onSecret, onLog }: TableProps) {
  const { t } = useTranslation(["integration", "shared"]);
  return (
    <div className={styles.table}>
      <Table<Webhook>
        size="middle"
        rowKey="id"
        dataSource={items}
        pagination={false}
        columns={[
          {
            key: "name", title: t("webhook.name"),
            render: (_, one) => (
              <>
                <Button type="link" className={styles.name} onClick={() => onLog(one)}>
                  {one.name}
                </Button>
                <span className={styles.sub}>{one.url}</span>
              </>
            ),
          },
          { key: "state", title: t("webhook.state"), render: (_, one) => <State webhook={one} /> },
          { key: "last", title: t("webhook.last"), responsive: ["md"], render: (_, one) => (one.last_done ? <RelativeTime value={one.last_done} /> : t("webhook.never")) },
          { key: "events", title: t("webhook.events"), responsive: ["lg"], render: (_, one) => <NumberText value={one.events.length} /> },
          { key: "actions", width: 56, title: <span className="visually-hidden">{t("shared:action.more")}</span>, render: (_, one) => <Actions webhook={one} onEdit={onEdit} onSecret={onSecret} onLog={onLog} /> },
        ]}
      />
    </div>
  );
}

function State({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("integration");
  const parts = [
    webhook.waiting > 0 && t("webhook.waiting", { count: webhook.waiting }),
    webhook.failed > 0 && t("webhook.failed", { count: webhook.failed }),
    webhook.stopped && t(`webhook.failures.${webhook.stopped}`, { defaultValue: webhook.stopped }),
  ].filter(Boolean);
  return (
    <>
      <Status tone={webhook.active ? "good" : webhook.stopped ? "bad" : "off"}>{t(`webhook.${webhook.active ? "active" : webhook.stopped ? "stopped" : "inactive"}`)}</Status>
      {parts.length > 0 && <span className={styles.sub}>{parts.join(" · ")}</span>}
    </>
  );
}

function Actions({ webhook, onEdit, onSecret, onLog }: Omit<TableProps, "items"> & { webhook: Webhook }) {
  const { t } = useTranslation(["integration", "shared"]);
  const { modal, message } = App.useApp();
  const failed = useFailed();
  const activate = useActivateWebhook();
  const destroy = useDeleteWebhook();
  const renew = useRenewSecret();
  const test = useSendTest();
  const { id, name, active } = webhook;
  const askRenew = () =>
    modal.confirm({ title: t("webhook.renew_title", { name }), content: t("webhook.renew_why"), okText: t("webhook.renew"), onOk: () => renew.mutateAsync(id).then(({ secret }) => onSecret({ name, secret }), failed) });
  const askDelete = () =>
    modal.confirm({ title: t("webhook.delete_title", { name }), content: t("webhook.delete_why"), okText: t("webhook.delete"), okButtonProps: { danger: true }, onOk: () => destroy.mutateAsync(id).catch(failed) });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "log", label: t("webhook.log"), onClick: () => onLog(webhook) },
          { key: "test", label: t("webhook.test"), disabled: !active, onClick: () => void test.mutateAsync(id).then(() => void message.success(t("webhook.tested")), failed) },
          { key: "edit", label: t("shared:action.edit"), onClick: () => onEdit(webhook) },
          { key: "renew", label: t("webhook.renew"), onClick: askRenew },
          { key: "active", label: t(active ? "webhook.deactivate" : "webhook.activate"), onClick: () => void activate.mutateAsync({ id, active: !active }).catch(failed) },
          { key: "delete", danger: true, label: t("webhook.delete"), onClick: askDelete },
        ],
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("webhook.actions", { name })} />
    </Dropdown>
  );
}

function SecretShown({ name, secret, onClose }: Secret & { onClose: () => void }) {
  const { t } = useTranslation("integration");
  return (
    <Modal open title={t("webhook.secret_title", { name })} closable={false} keyboard={false} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>{t("webhook.done")}</Button>}>
      <Alert type="warning" showIcon title={t("webhook.secret_why")} />
      <Typography.Paragraph copyable={{ text: secret }} style={{ marginTop: 12 }}>
        <code aria-label={t("webhook.secret")}>{secret}</code>
      </Typography.Paragraph>
    </Modal>
  );
}
