import { Drawer, Grid, Skeleton, Timeline } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { Loaded } from "@/shared/ui/Loaded";
import { EmptyState } from "@/shared/ui/states";
import { DateTimeText } from "@/shared/ui/values";
import { useConsentHistory, type Consent } from "./api";
import styles from "./consent.module.css";

interface Props {
  customerId: number;
  contactId: number | null;
  open: boolean;
  onClose: () => void;
}

/** Everything that was ever said, the latest first. */
export function ConsentHistory({ customerId, contactId, open, onClose }: Props) {
  const { t } = useTranslation("privacy");
  const phone = Grid.useBreakpoint().md === false;
  const history = useConsentHistory(customerId, contactId, open);
  return (
    <Drawer open={open} onClose={onClose} size={phone ? "100%" : 460} title={t("consent.history")}>
      <Loaded query={history} waiting={<Skeleton active title={false} paragraph={{ rows: 6 }} />} none={<EmptyState title={t("consent.nothing")} why={t("consent.nothing_why")} />}>
        {(found) => <Timeline items={found.map((one) => ({ key: one.id, content: <Entry one={one} /> }))} />}
      </Loaded>
    </Drawer>
  );
}

function Entry({ one }: { one: Consent }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const every = one.channel === "all" && one.purpose === "all";
  const about = every ? "" : `${t(`consent.ways.${one.channel}`)} · ${t(`consent.purposes.${one.purpose}`, { defaultValue: one.purpose })} · `;
  return (
    <div className={styles.entry}>
      <span>{about}{t(`consent.states.${every && one.state !== "withdrawn" ? `all_${one.state}` : one.state}`)}</span>
      <span className={styles.under}>
        <DateTimeText value={one.at} /> · {[t(`consent.origins.${one.origin}`), one.by?.name, one.until && t("consent.counts_until", { date: format.date(one.until) })].filter(Boolean).join(" · ")}
      </span>
      {one.proof && <span className={styles.under}>{t("consent.proof")}{t("consent.colon")}{one.proof}</span>}
    </div>
  );
}
