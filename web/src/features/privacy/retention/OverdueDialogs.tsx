import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, DatePicker, Form, Input, InputNumber } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import type { Job } from "@/shared/api/types";
import { useCompanyDay } from "@/shared/format/companyDay";
import { watchJob } from "@/shared/jobs/watched";
import { FormDialog } from "@/shared/ui/FormDialog";
import { eraseMany, keepLonger, KEY } from "./api";

interface Props {
  onDone: () => void;
  onClose: () => void;
}

/** Keeps customers until a day, with the reason. */
export function KeepDialog({ ids, onDone, onClose }: Props & { ids: number[] }) {
  const { t } = useTranslation("privacy");
  const { message } = App.useApp();
  const client = useQueryClient();
  const today = useCompanyDay();
  const save = ({ until, reason }: { until: Dayjs; reason: string }) => keepLonger({ ids, reason, until: until.format("YYYY-MM-DD") });
  const saved = ({ count }: { count: number }) => {
    void message.success(t("retention.kept", { count }));
    void client.invalidateQueries({ queryKey: KEY });
    onDone();
  };
  return (
    <FormDialog<{ until: Dayjs; reason: string }, { count: number }> open title={t("retention.keep", { count: ids.length })} initial={{ until: today.add(1, "year") }} save={save} onSaved={saved} onClose={onClose}>
      <Form.Item name="until" label={t("retention.until")} rules={[{ required: true, message: t("erasure.reason_missing") }]}>
        <DatePicker style={{ width: "100%" }} minDate={today.add(1, "day")} />
      </Form.Item>
      <Reason />
    </FormDialog>
  );
}

/** Erases many: says that nothing brings them back, and asks for their number to be typed. */
export function EraseManyDialog({ count, selection, onDone, onClose }: Props & { count: number; selection: { ids?: number[]; kind?: string | null; expected?: number } }) {
  const { t } = useTranslation("privacy");
  const client = useQueryClient();
  const save = ({ reason }: { reason: string; typed: number }) => eraseMany({ ...selection, reason });
  const saved = (job: Job) => {
    watchJob({
      job, title: t("retention.erasing", { count }), done: (result) => t("retention.erased", { count: Number(result.erased ?? 0) }),
      onEnd: () => void client.invalidateQueries({ queryKey: ["customers"] }),
    });
    void client.invalidateQueries({ queryKey: KEY });
    onDone();
  };
  const same = (_: unknown, typed: number | null | undefined) => (typed === count ? Promise.resolve() : Promise.reject(new Error(t("retention.typed_wrong"))));
  return (
    <FormDialog<{ reason: string; typed: number }, Job> open danger title={t("retention.erase_title", { count })} okText={t("erasure.erase")} save={save} onSaved={saved} onClose={onClose}>
      <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t("erasure.for_good")} description={t("erasure.what_customer")} />
      <Reason />
      <Form.Item name="typed" label={t("retention.typed", { count })} validateTrigger="onSubmit" rules={[{ validator: same }]}>
        <InputNumber min={1} precision={0} controls={false} style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

function Reason() {
  const { t } = useTranslation("privacy");
  return (
    <Form.Item name="reason" label={t("erasure.reason")} extra={t("erasure.reason_kept")} rules={[{ required: true, whitespace: true, message: t("erasure.reason_missing") }]}>
      <Input.TextArea autoFocus rows={2} maxLength={400} />
    </Form.Item>
  );
}
