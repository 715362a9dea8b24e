import { Alert, App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Erasing } from "@/shared/slots/erase";
import { FormDialog } from "@/shared/ui/FormDialog";
import { eraseContact, eraseCustomer } from "./api";

/** Erases somebody's personal data: says what goes and what stays, and asks for the name to be typed. */
export function EraseDialog({ what, record, onErased, onClose }: Erasing) {
  const { t } = useTranslation("privacy");
  const { message } = App.useApp();
  const save = ({ reason }: { reason: string; typed: string }) => (what === "customer" ? eraseCustomer : eraseContact)(record.id, reason);
  const done = () => {
    void message.success(t("erasure.done"));
    onErased();
  };
  const same = (_: unknown, typed: string | undefined) => (typed?.trim() === record.name.trim() ? Promise.resolve() : Promise.reject(new Error(t("erasure.typed_wrong"))));
  return (
    <FormDialog<{ reason: string; typed: string }> open title={t("erasure.title", { name: record.name })} okText={t("erasure.erase")} danger save={save} onSaved={done} onClose={onClose}>
      <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t("erasure.for_good")} description={t(`erasure.what_${what}`)} />
      <Form.Item name="reason" label={t("erasure.reason")} extra={t("erasure.reason_kept")} rules={[{ required: true, whitespace: true, message: t("erasure.reason_missing") }]}>
        <Input.TextArea autoFocus rows={2} maxLength={400} />
      </Form.Item>
      <Form.Item name="typed" label={t("erasure.typed", { name: record.name })} validateTrigger="onSubmit" rules={[{ required: true, message: t("erasure.typed_wrong") }, { validator: same }]}>
        <Input autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
