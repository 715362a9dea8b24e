import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import type { TimelineItem } from "@/shared/slots/timelineEntries";
import styles from "./consent.module.css";

/** What a customer, or a contact at it, allowed or refused, on the timeline. */
export function ConsentEntry({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const { channel, purpose, state, origin, until, contact } = item.detail as Record<string, string>;
  const cell = [contact, t(`consent.ways.${channel as "call"}`), t(`consent.purposes.${purpose as "all"}`, { defaultValue: purpose })].filter(Boolean).join(" · ");
  const under = [t(`consent.origins.${origin as "other"}`), until && t("consent.counts_until", { date: format.date(until) }), item.title].filter(Boolean).join(" · ");
  return (
    <>
      <span className={styles.what}>
        <span className={styles.kind}>{t("consent.entry")}</span>
        {cell} <Tag>{t(`consent.states.${state as "given"}`)}</Tag>
      </span>
      <div className={styles.under}>{under}</div>
    </>
  );
}
