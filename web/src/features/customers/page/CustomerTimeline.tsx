import { Button, Skeleton, Tag, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { EmptyState, ErrorState } from "@/shared/ui/states";
import { TIMELINE_KINDS, useTimeline, type TimelineItem, type TimelineKind } from "../api";
import styles from "../customers.module.css";

/** Kinds that happen at a moment; the others on a day. */
const TIMED: TimelineKind[] = ["transaction", "interaction"];
const COLOURS: Record<TimelineKind, string> = { transaction: "green", invoice: "gray", receipt: "green", interaction: "blue", opportunity: "blue" };

/** Everything that happened with a customer, newest first, by kind, more on demand. */
export function CustomerTimeline({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const [kinds, setKinds] = useState<TimelineKind[]>([]);
  const timeline = useTimeline(customerId, kinds);
  const items = timeline.data?.pages.flatMap((page) => page.items);
  const toggle = (kind: TimelineKind, on: boolean) => setKinds((now) => (on ? [...now, kind] : now.filter((one) => one !== kind)));
  return (
    <>
      <div className={styles.filters} role="group" aria-label={t("timeline.kinds")}>
        {TIMELINE_KINDS.map((kind) => (
          <Button key={kind} size="small" shape="round" type={kinds.includes(kind) ? "primary" : "default"} aria-pressed={kinds.includes(kind)} onClick={() => toggle(kind, !kinds.includes(kind))}>
            {t(`timeline.${kind}`)}
          </Button>
        ))}
      </div>
      {timeline.error && !items ? (
        <ErrorState error={timeline.error} retry={() => void timeline.refetch()} />
      ) : !items ? (
        <Skeleton active paragraph={{ rows: 8 }} title={false} />
      ) : items.length === 0 ? (
        <EmptyState title={kinds.length > 0 ? t("timeline.none_of_kind") : t("timeline.none")} why={t("timeline.none_why")} />
      ) : (
        <Timeline items={items.map((item) => ({ key: `${item.kind}-${item.id}`, color: dotColour(item), content: <Entry item={item} /> }))} />
      )}
      {timeline.hasNextPage && (
        <div className={styles.more}>
          <Button loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
            {t("timeline.older")}
          </Button>
        </div>
      )}
    </>
  );
}

const isBad = (item: TimelineItem) => item.detail.kind === "complaint" || item.detail.kind === "fault" || item.detail.kind === "return";
const dotColour = (item: TimelineItem) => (isBad(item) ? "red" : COLOURS[item.kind]);

function Entry({ item }: { item: TimelineItem }) {
  const format = useFormat(item.currency ?? undefined);
  const { t } = useTranslation("customers");
  const kind = useKindName()(item);
  const when = TIMED.includes(item.kind) ? format.dateTime(item.at) : format.date(item.at);
  const title = item.kind === "interaction" || item.kind === "opportunity" ? item.title : "";
  const status = item.kind === "opportunity" ? String(item.detail.status ?? "") : "";
  const note = item.kind === "transaction" ? item.title : typeof item.detail.note === "string" ? item.detail.note : "";
  const returned = item.detail.kind === "return";
  return (
    <div>
      <div className={styles.entry}>
        <span className={styles.what}>
          <span className={styles.kind}>{kind}</span>
          {title !== kind && title} {status && <Tag>{t(`status.${status}`, { defaultValue: status })}</Tag>}
        </span>
        {item.amount !== null && <span className={`${styles.sum} ${returned ? styles.down : ""}`}>{returned ? `−${format.money(item.amount)}` : format.money(item.amount)}</span>}
      </div>
      {note && <div className={styles.under}>{note}</div>}
      <div className={styles.under}>
        {when}
        {item.by && ` · ${item.by}`}
      </div>
    </div>
  );
}

/** A sale or return, the kind of an interaction, or else the kind of fact. */
function useKindName(): (item: TimelineItem) => string {
  const { t } = useTranslation("customers");
  return (item) => {
    const kind = typeof item.detail.kind === "string" ? item.detail.kind : "";
    if (item.kind === "transaction" && kind) return t(`transaction.${kind}`, { defaultValue: kind });
    if (item.kind === "interaction" && kind) return t(`interaction.${kind}`, { defaultValue: kind });
    return t(`timeline.${item.kind}`);
  };
}

/** The last few entries alone, for a quick look. */
export function LatestEntries({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const timeline = useTimeline(customerId, []);
  const items = timeline.data?.pages[0]?.items.slice(0, 5);
  if (timeline.error && !items) return <ErrorState error={timeline.error} retry={() => void timeline.refetch()} />;
  if (!items) return <Skeleton active paragraph={{ rows: 4 }} title={false} />;
  if (items.length === 0) return <p>{t("timeline.none")}</p>;
  return <Timeline items={items.map((item) => ({ key: `${item.kind}-${item.id}`, color: dotColour(item), content: <Entry item={item} /> }))} />;
}
