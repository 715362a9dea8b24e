import { Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { savePolicy, useRefreshDuplicates, type Policy } from "../api";

/** From which likelihood on two customers are taken to be one, or worth a look. */
export function PolicyDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation("quality");
  const refresh = useRefreshDuplicates();
  return (
    <FormDialog<Policy, Policy>
      open
      title={t("policy.title")}
      initial={{ same: policy.same * 100, look: policy.look * 100 }}
      save={(given) => savePolicy({ same: given.same / 100, look: given.look / 100 })}
      onSaved={() => void refresh()}
      onClose={onClose}
    >
      <Form.Item name="same" label={t("policy.same")} rules={[{ required: true, message: t("policy.missing") }]}>
        <InputNumber min={5} max={99.99} step={1} suffix="%" />
      </Form.Item>
      <Form.Item name="look" label={t("policy.look")} rules={[{ required: true, message: t("policy.missing") }]} extra={t("policy.why")}>
        <InputNumber min={5} max={99.99} step={1} suffix="%" />
      </Form.Item>
    </FormDialog>
  );
}
