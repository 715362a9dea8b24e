import { CheckCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { GradeBadge, type Overridden } from "@/shared/ui/Grade";
import { Status, type Tone } from "@/shared/ui/Status";
import { EmptyState } from "@/shared/ui/states";
import { DateText, DateTimeText } from "@/shared/ui/values";
import type { Duty, DutyState } from "./api";
import { DutyActions, useExcuse } from "./DutyActions";
import styles from "./treatment.module.css";

const WIDE: ["md"] = ["md"];
const TONES: Record<DutyState, Tone> = { due: "busy", done: "good", missed: "bad", excused: "off" };

interface Props {
  label: string;
  duties: Duty[];
  /** Whose they are; left out when all are one's own. */
  withOwner?: boolean;
  empty: { title: string; why?: string };
  /** Enters a contact with the customer, which keeps the duty. */
  onRecord?: (customerId: number) => void;
  footer?: ReactNode;
}

/** Duties one below the other: to whom, what, until when, and what became of it. */
export function DutyTable({ label, duties, withOwner = false, empty, onRecord, footer }: Props) {
  const { t } = useTranslation("treatment");
  const excusing = useExcuse();
  return (
    <>
      <ScrollTable<Duty>
        aria-label={label}
        size="middle"
        rowKey="id"
        dataSource={duties}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <EmptyState title={empty.title} why={empty.why} icon={<CheckCircleOutlined style={{ fontSize: 40 }} />} /> }}
        columns={[
          {
            key: "customer", title: t("duty.customer"),
            render: (_, row) => <OfDuty duty={row} withOwner={withOwner} />,
          },
          { key: "grade", title: t("duty.grade"), responsive: WIDE, render: (_, row) => <DutyGrade duty={row} /> },
          { key: "item", title: t("duty.item"), responsive: WIDE, render: (_, row) => t(`item.${row.item}`) },
          ...(withOwner ? [{ key: "owner", title: t("duty.owner"), responsive: WIDE, render: (_: unknown, row: Duty) => row.owner.name }] : []),
          { key: "due", title: t("duty.due"), responsive: WIDE, render: (_, row) => <Due duty={row} /> },
          { key: "state", title: t("duty.state"), responsive: WIDE, render: (_, row) => <Became duty={row} /> },
          {
            key: "actions", title: <span className="visually-hidden">{t("duty.actions")}</span>, align: "right",
            render: (_, row) => <DutyActions duty={row} onExcuse={excusing.ask} onRecord={onRecord} />,
          },
        ]}
      />
      {footer}
      {excusing.dialog}
    </>
  );
}

/** To whom a duty is owed; on a phone with what other columns say beneath it. */
export function OfDuty({ duty, withOwner }: { duty: Duty; withOwner: boolean }) {
  const { t } = useTranslation("treatment");
  const { customer } = duty;
  return (
    <>
      {customer ? <Link to={`/customers/${customer.id}`}>{customer.name}</Link> : <span className={styles.muted}>{t("duty.hidden")}</span>}
      <OnPhone><DutyGrade duty={duty} /> {t(`item.${duty.item}`)} <Due duty={duty} /> {withOwner && duty.owner.name}</OnPhone>
      <OnPhone><Became duty={duty} /></OnPhone>
    </>
  );
}

/** The customer's grade now; when it went to somebody else, that of when it was owed. */
export function DutyGrade({ duty }: { duty: Duty }) {
  const { customer } = duty;
  return <GradeBadge grade={customer?.grade ?? duty.grade} override={customer?.override as Overridden | null | undefined} computed={customer?.computed_grade} />;
}

/** Until when; answers to the minute. */
export function Due({ duty }: { duty: Duty }) {
  return duty.item === "answer" ? <DateTimeText value={duty.due_at} /> : <DateText value={duty.due_on} />;
}

/** What became of a duty, in words. */
export function Became({ duty }: { duty: Duty }) {
  const { t } = useTranslation("treatment");
  const isLate = duty.state === "missed" && duty.done_at !== null;
  return (
    <span className={styles.due}>
      <Status tone={isLate ? "off" : TONES[duty.state]}>{isLate ? t("state.late") : t(`state.${duty.state}`)}</Status>
      {duty.done_at && <span className={styles.muted}><DateText value={duty.done_at} /></span>}
      {duty.state === "excused" && <span className={styles.muted}>{t("duty.excused_by", { name: duty.excused_by?.name ?? "–", why: duty.excuse })}</span>}
      {duty.state === "missed" && !duty.done_at && duty.escalated_to && <span className={styles.muted}>{t("duty.escalated_to", { name: duty.escalated_to.name })}</span>}
    </span>
  );
}
