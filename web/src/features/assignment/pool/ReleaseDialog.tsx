import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useLeaveCustomer } from "@/shared/api/leaving";
import type { Named } from "@/shared/api/types";
import { FormDialog } from "@/shared/ui/FormDialog";
import { release } from "./api";

/** Gives a customer back to the pool, with the reason. */
export function ReleaseDialog({ customer, onClose }: { customer: Named; onClose: () => void }) {
  const { t } = useTranslation("assignment");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const leave = useLeaveCustomer();
  const done = () => {
    void message.success(t("pool.released", { name: customer.name }));
    leave();
    void navigate("/customers/pool");
  };
  return (
    <FormDialog<{ why: string }> open title={t("pool.release_title", { name: customer.name })} okText={t("pool.release")} save={({ why }) => release(customer.id, why)} onSaved={done} onClose={onClose}>
      <Form.Item name="why" label={t("pool.why")} rules={[{ required: true, whitespace: true, message: t("pool.missing") }]}><Input.TextArea autoFocus rows={3} maxLength={300} /></Form.Item>
    </FormDialog>
  );
}
