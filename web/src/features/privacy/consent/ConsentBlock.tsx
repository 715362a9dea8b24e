import { DownloadOutlined, HistoryOutlined } from "@ant-design/icons";
import { Button, Select, Skeleton, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Named } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import { Status } from "@/shared/ui/Status";
import { neverOf, useConsents, WAYS, type Cell, type Preference } from "./api";
import { ConsentDialog, type Asked } from "./ConsentDialog";
import { ConsentHistory } from "./ConsentHistory";
import { NeverNote } from "./NeverNote";
import { PreferenceDialog } from "./PreferenceDialog";
import styles from "./consent.module.css";

interface Props {
  customerId: number;
  /** The people at it. */
  contacts: Named[];
}

/** By which channel and for what a customer, or a contact at it, may be contacted. */
export function ConsentBlock({ customerId, contacts }: Props) {
  const { t } = useTranslation("privacy");
  const mayEdit = useCan(CAN.editCustomers);
  const mayGiveOut = useCan(CAN.handlePrivacy);
  const [contact, setContact] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState<"history" | "preference" | null>(null);
  const consents = useConsents(customerId, contact);
  const found = consents.data;
  const never = neverOf(found);
  return (
    <Panel
      title={t("consent.block")}
      extra={
        <>
          {mayGiveOut && <Button size="small" icon={<DownloadOutlined />} href={`/api/v1/customers/${customerId}/personal-data`} download>{t("consent.give_out")}</Button>}
          <Button size="small" icon={<HistoryOutlined />} onClick={() => setOpen("history")}>{t("consent.history")}</Button>
          {mayEdit && found && (
            <Button size="small" onClick={() => setAsked({ channel: "all", purpose: "all", state: never ? "unknown" : "denied" })}>
              {t(never ? "consent.lift" : "consent.never")}
            </Button>
          )}
        </>
      }
    >
      {contacts.length > 0 && (
        <div className={styles.bar}>
          <Select<number>
            className={styles.choose}
            aria-label={t("consent.whose")}
            value={contact ?? 0}
            onChange={(id) => setContact(id || null)}
            options={[{ value: 0, label: t("consent.the_customer") }, ...contacts.map((one) => ({ value: one.id, label: one.name }))]}
          />
        </div>
      )}
      <Loaded query={consents} waiting={<Skeleton active title={false} paragraph={{ rows: 5 }} />}>
        {(found) => (
          <>
            {contact !== null && <NeverNote customerId={customerId} contactId={contact} />}
            <Matrix cells={found.cells} onAsk={mayEdit ? setAsked : undefined} />
            <div className={styles.foot}>
              <Reach preference={found.preference} />
              {mayEdit && <Button size="small" type="link" onClick={() => setOpen("preference")}>{t("consent.preference")}</Button>}
            </div>
            <PreferenceDialog open={open === "preference"} customerId={customerId} contactId={contact} preference={found.preference} onClose={() => setOpen(null)} />
          </>
        )}
      </Loaded>
      {asked && <ConsentDialog customerId={customerId} contactId={contact} asked={asked} onClose={() => setAsked(null)} />}
      <ConsentHistory open={open === "history"} customerId={customerId} contactId={contact} onClose={() => setOpen(null)} />
    </Panel>
  );
}

function Matrix({ cells, onAsk }: { cells: Cell[]; onAsk?: (asked: Asked) => void }) {
  const { t } = useTranslation("privacy");
  const purposes = [...new Set(cells.map((one) => one.purpose))];
  return (
    <ScrollTable<{ way: string }>
      aria-label={t("consent.block")}
      size="small"
      pagination={false}
      rowKey="way"
      scroll={{ x: 520 }}
      dataSource={WAYS.map((way) => ({ way }))}
      columns={[
        { title: t("consent.channel"), dataIndex: "way", render: (way: string) => t(`consent.ways.${way}`) },
        ...purposes.map((purpose) => ({
          title: t(`consent.purposes.${purpose}`, { defaultValue: purpose }),
          key: purpose,
          render: (_: unknown, { way }: { way: string }) => {
            const cell = cells.find((one) => one.channel === way && one.purpose === purpose);
            return cell && <OneCell cell={cell} onAsk={onAsk} />;
          },
        })),
      ]}
    />
  );
}

function OneCell({ cell, onAsk }: { cell: Cell; onAsk?: (asked: Asked) => void }) {
  const { t } = useTranslation("privacy");
  const { allowed, reason } = cell.decision;
  const words = <Status tone={allowed ? "good" : reason === "no_consent" ? "off" : "bad"}>{t(`consent.reasons.${reason}`)}</Status>;
  if (!onAsk) return <span className={styles.plain}>{words}</span>;
  const label = `${t(`consent.ways.${cell.channel}`)} · ${t(`consent.purposes.${cell.purpose}`, { defaultValue: cell.purpose })}`;
  return (
    <Tooltip title={cell.latest?.proof || null}>
      <Button type="text" size="small" className={styles.cell} aria-label={`${label}: ${t(`consent.reasons.${reason}`)}`} onClick={() => onAsk({ channel: cell.channel, purpose: cell.purpose, state: cell.latest?.state === "given" ? "withdrawn" : "given" })}>
        {words}
      </Button>
    </Tooltip>
  );
}

function Reach({ preference }: { preference: Preference }) {
  const { t } = useTranslation("privacy");
  const { channel, language, quiet_from: from, quiet_until: until, time_zone: zone } = preference;
  const parts = [
    channel && t("consent.likes", { channel: t(`consent.ways.${channel}`) }),
    language && t(`consent.languages.${language}`),
    from && until && t("consent.quiet", { from: from.slice(0, 5), until: until.slice(0, 5) }),
    zone,
  ].filter(Boolean);
  return <span>{parts.length ? parts.join(" · ") : t("consent.no_preference")}</span>;
}
