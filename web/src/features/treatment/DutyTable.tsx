import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Form, Input, Space } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { FormDialog } from "@/shared/ui/FormDialog";
import { GradeBadge, type Overridden } from "@/shared/ui/Grade";
import { Status, type Tone } from "@/shared/ui/Status";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateText, DateTimeText } from "@/shared/ui/values";
import { excuse, useRefreshDuties, useTakeExcuseBack, type Duty, type DutyState } from "./api";
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
  const [excusing, setExcusing] = useState<Duty | null>(null);
  const refresh = useRefreshDuties();
  const grade = (row: Duty) => <GradeBadge grade={row.customer?.grade ?? row.grade} override={row.customer?.override as Overridden | null | undefined} computed={row.customer?.computed_grade} />;
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
            render: (_, row) => (
              <>
                {row.customer ? <Link to={`/customers/${row.customer.id}`}>{row.customer.name}</Link> : <span className={styles.muted}>{t("duty.hidden")}</span>}
                <OnPhone>{grade(row)} {t(`item.${row.item}`)} <Due duty={row} /> {withOwner && row.owner.name}</OnPhone>
                <OnPhone><Became duty={row} /></OnPhone>
              </>
            ),
          },
          { key: "grade", title: t("duty.grade"), responsive: WIDE, render: (_, row) => grade(row) },
          { key: "item", title: t("duty.item"), responsive: WIDE, render: (_, row) => t(`item.${row.item}`) },
          ...(withOwner ? [{ key: "owner", title: t("duty.owner"), responsive: WIDE, render: (_: unknown, row: Duty) => row.owner.name }] : []),
          { key: "due", title: t("duty.due"), responsive: WIDE, render: (_, row) => <Due duty={row} /> },
          { key: "state", title: t("duty.state"), responsive: WIDE, render: (_, row) => <Became duty={row} /> },
          {
            key: "actions", title: <span className="visually-hidden">{t("duty.actions")}</span>, align: "right",
            render: (_, row) => <Actions duty={row} onExcuse={() => setExcusing(row)} onRecord={onRecord} />,
          },
        ]}
      />
      {footer}
      {excusing && (
        <FormDialog<{ why: string }>
          open
          title={t("duty.excuse_title", { item: t(`item.${excusing.item}`), name: excusing.owner.name })}
          okText={t("duty.excuse")}
          save={({ why }) => excuse(excusing.id, why)}
          onSaved={refresh}
          onClose={() => setExcusing(null)}
        >
          <Form.Item name="why" label={t("duty.why")} rules={[{ required: true, whitespace: true, message: t("duty.why_missing") }]}>
            <Input.TextArea rows={3} maxLength={300} autoFocus />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
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

function Actions({ duty, onExcuse, onRecord }: { duty: Duty; onExcuse: () => void; onRecord?: (customerId: number) => void }) {
  const { t } = useTranslation("treatment");
  const failed = useFailed();
  const me = useMe();
  const mayApprove = useCan(CAN.approve) && duty.owner.id !== me.id;
  const mayRecord = useCan(CAN.recordFacts);
  const back = useTakeExcuseBack();
  const { customer } = duty;
  if (!customer) return null;
  const isOpen = duty.state === "due" || (duty.state === "missed" && !duty.done_at);
  const name = `${customer.name} · ${t(`item.${duty.item}`)}`;
  return (
    <Space size={4}>
      {onRecord && isOpen && mayRecord && duty.item !== "sponsor" && <Button size="small" type="primary" ghost aria-label={`${t("duty.record")}: ${name}`} onClick={() => onRecord(customer.id)}>{t("duty.record")}</Button>}
      {mayApprove && (duty.state === "due" || duty.state === "missed") && <Button size="small" aria-label={`${t("duty.excuse")}: ${name}`} onClick={onExcuse}>{t("duty.excuse")}</Button>}
      {mayApprove && duty.state === "excused" && (
        <Button size="small" aria-label={`${t("duty.take_back")}: ${name}`} loading={back.isPending} onClick={() => void back.mutateAsync(duty.id).catch(failed)}>{t("duty.take_back")}</Button>
      )}
    </Space>
  );
}
