import { App, Button, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { Loaded, LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { Status, type Tone } from "@/shared/ui/Status";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { RelativeTime } from "@/shared/ui/values";
import { useDeliveries, useDelivery, useReplay, type Announced, type Delivery, type Webhook } from "./api";
import styles from "./webhooks.module.css";

const TONES: Record<string, Tone> = { waiting: "busy", done: "good", failed: "bad" };

/** What was delivered to one address, newest first; each with request and answer, to be sent again. */
export function DeliveryLog({ webhook, events }: { webhook: Webhook; events: Announced[] }) {
  const { t } = useTranslation("integration");
  const label = useLabel();
  const { message } = App.useApp();
  const failed = useFailed();
  const log = useDeliveries(webhook.id);
  const replay = useReplay(webhook.id);
  const again = (id: number | null) => void replay.mutateAsync(id).then(({ count }) => void message.success(t("webhook.replayed", { count })), failed);
  const names = new Map(events.map((event) => [event.code, label(event.label)]));
  return (
    <LoadedPages query={log} none={<EmptyState title={t("webhook.empty_log")} />}>
      {(items) => (
        <>
          <div className={styles.bar}>
            <Button disabled={!webhook.active} loading={replay.isPending} onClick={() => again(null)}>
              {t("webhook.replay_all")}
            </Button>
          </div>
          <Table<Delivery>
            size="small"
            rowKey="id"
            dataSource={items}
            pagination={false}
            expandable={{ expandedRowRender: (one) => <Inside webhookId={webhook.id} id={one.id} /> }}
            columns={[
              { key: "event", title: t("webhook.event"), render: (_, one) => (one.event === "ping" ? t("webhook.ping") : (names.get(one.event) ?? one.event)) },
              { key: "at", title: t("webhook.at"), responsive: ["sm"], render: (_, one) => <RelativeTime value={one.at} /> },
              { key: "state", title: t("webhook.result"), render: (_, one) => <Result delivery={one} /> },
              {
                key: "again", title: <span className="visually-hidden">{t("webhook.replay")}</span>,
                render: (_, one) =>
                  (one.state !== "waiting" || one.attempts > 0) && (
                    <Button size="small" type="text" disabled={!webhook.active} onClick={() => again(one.id)}>
                      {t("webhook.replay")}
                    </Button>
                  ),
              },
            ]}
          />
          <LoadMore query={log} />
        </>
      )}
    </LoadedPages>
  );
}

function Result({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation("integration");
  return (
    <>
      <Status tone={TONES[delivery.state] ?? "off"}>{t(`webhook.states.${delivery.state}`)}</Status>
      {delivery.attempts > 0 && (
        <span className={styles.sub}>
          {delivery.status ?? (delivery.failure ? t(`webhook.failures.${delivery.failure}`) : t("webhook.no_answer"))} · {t("webhook.attempts", { count: delivery.attempts })}
          {delivery.due_at && (
            <>
              {" · "}
              {t("webhook.next")} <RelativeTime value={delivery.due_at} />
            </>
          )}
        </span>
      )}
    </>
  );
}

function Inside({ webhookId, id }: { webhookId: number; id: number }) {
  const { t } = useTranslation("integration");
  const full = useDelivery(webhookId, id);
  return (
    <Loaded query={full} waiting={<Skeleton active paragraph={{ rows: 2 }} />}>
      {(found) => (
        <>
          {t("webhook.request")}
          <pre className={styles.code}>{found.request}</pre>
          {t("webhook.answer")}
          <pre className={styles.code}>{found.answer || "–"}</pre>
        </>
      )}
    </Loaded>
  );
}
