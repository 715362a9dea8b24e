import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { useFailed } from "@/shared/ui/useFailed";
import { DateText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { decide, postpone, useRefreshPool, type Warned } from "./api";

/** When a customer falls back, and whether more time was asked for or given. */
export function Due({ row }: { row: Warned }) {
  const { t } = useTranslation("assignment");
  if (row.postponed_until) return <span>{t("pool.postponed", { name: row.approved_by ?? "" })} <DateText value={row.postponed_until} /></span>;
  return (
    <span>
      <DateText value={row.due_on} />
      {row.asked_until && <span className={styles.muted}> {t("pool.asked", { name: row.asked_by ?? "", why: row.asked_why })}</span>}
    </span>
  );
}

interface ActionProps {
  row: Warned;
  onAsk: (row: Warned) => void;
  /** Enters a contact with the customer, after which a quiet one stays. */
  onRecord: (customerId: number) => void;
}

/** The owner gets in touch or asks for time, somebody else decides. */
export function WarningActions({ row, onAsk, onRecord }: ActionProps) {
  const { t } = useTranslation("assignment");
  const failed = useFailed();
  const me = useMe();
  const mayEdit = useCan(CAN.editCustomers);
  const mayApprove = useCan(CAN.approve);
  const mayRecord = useCan(CAN.recordFacts);
  const refresh = useRefreshPool();
  const deciding = useMutation({
    mutationFn: (approved: boolean) => decide(row.id, approved),
    onError: failed,
    onSettled: refresh,
  });
  if (row.asked_until && mayApprove && row.owner.id !== me.id)
    return (
      <Space size={4}>
        <Button size="small" type="primary" loading={deciding.isPending} onClick={() => deciding.mutate(true)}>{t("pool.approve")}</Button>
        <Button size="small" onClick={() => deciding.mutate(false)}>{t("pool.refuse")}</Button>
      </Space>
    );
  return (
    <Space size={4}>
      {mayRecord && row.cause === "no_contact" && <Button size="small" type="primary" ghost aria-label={t("pool.record_of", { name: row.name })} onClick={() => onRecord(row.id)}>{t("pool.record")}</Button>}
      {mayEdit && !row.asked_until && <Button size="small" aria-label={t("pool.postpone_title", { name: row.name })} onClick={() => onAsk(row)}>{t("pool.postpone")}</Button>}
    </Space>
  );
}

/** Asking that a customer does not fall back yet. */
export function usePostponing() {
  const { t } = useTranslation("assignment");
  const [asking, ask] = useState<Warned | null>(null);
  const refresh = useRefreshPool();
  const dialog = asking && (
    <FormDialog<{ until: string; why: string }>
      open
      title={t("pool.postpone_title", { name: asking.name })}
      okText={t("pool.postpone")}
      save={({ until, why }) => postpone(asking.id, until, why)}
      onSaved={refresh}
      onClose={() => ask(null)}
    >
      <Form.Item name="until" label={t("pool.until")} rules={[{ required: true, message: t("pool.missing") }]}><Input type="date" autoFocus /></Form.Item>
      <Form.Item name="why" label={t("pool.why")} rules={[{ required: true, whitespace: true, message: t("pool.missing") }]}><Input.TextArea rows={3} maxLength={300} /></Form.Item>
    </FormDialog>
  );
  return { ask, dialog };
}
