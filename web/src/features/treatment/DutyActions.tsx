import { Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { useFailed } from "@/shared/ui/useFailed";
import { excuse, isWaiting, useRefreshDuties, useTakeExcuseBack, type Duty } from "./api";

/** Asks why a duty shall not count, in a dialog that the caller shows. */
export function useExcuse() {
  const { t } = useTranslation("treatment");
  const [asked, ask] = useState<Duty | null>(null);
  const refresh = useRefreshDuties();
  const dialog = asked && (
    <FormDialog<{ why: string }>
      open
      title={t("duty.excuse_title", { item: t(`item.${asked.item}`), name: asked.owner.name })}
      okText={t("duty.excuse")}
      save={({ why }) => excuse(asked.id, why)}
      onSaved={refresh}
      onClose={() => ask(null)}
    >
      <Form.Item name="why" label={t("duty.why")} rules={[{ required: true, whitespace: true, message: t("duty.why_missing") }]}>
        <Input.TextArea rows={3} maxLength={300} autoFocus />
      </Form.Item>
    </FormDialog>
  );
  return { ask, dialog };
}

interface Props {
  duty: Duty;
  onExcuse: (duty: Duty) => void;
  /** Enters a contact with the customer, which keeps the duty. */
  onRecord?: (customerId: number) => void;
}

/** What can be done about a duty, as far as one may. */
export function DutyActions({ duty, onExcuse, onRecord }: Props) {
  const { t } = useTranslation("treatment");
  const failed = useFailed();
  const me = useMe();
  const mayApprove = useCan(CAN.approve) && duty.owner.id !== me.id;
  const mayRecord = useCan(CAN.recordFacts);
  const back = useTakeExcuseBack();
  const { customer } = duty;
  if (!customer) return null;
  const name = `${customer.name} · ${t(`item.${duty.item}`)}`;
  return (
    <Space size={4}>
      {onRecord && isWaiting(duty) && mayRecord && duty.item !== "sponsor" && <Button size="small" type="primary" ghost aria-label={`${t("duty.record")}: ${name}`} onClick={() => onRecord(customer.id)}>{t("duty.record")}</Button>}
      {mayApprove && (duty.state === "due" || duty.state === "missed") && <Button size="small" aria-label={`${t("duty.excuse")}: ${name}`} onClick={() => onExcuse(duty)}>{t("duty.excuse")}</Button>}
      {mayApprove && duty.state === "excused" && (
        <Button size="small" aria-label={`${t("duty.take_back")}: ${name}`} loading={back.isPending} onClick={() => void back.mutateAsync(duty.id).catch(failed)}>{t("duty.take_back")}</Button>
      )}
    </Space>
  );
}
