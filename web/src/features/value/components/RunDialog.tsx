import { CalculatorOutlined } from "@ant-design/icons";
import { Button, DatePicker, Form, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCompanyDay } from "@/shared/format/companyDay";
import { useFailed } from "@/shared/ui/useFailed";
import { useStartRun } from "../api";
import type { ModelSummary } from "../types";

/** Starts a run, for today or as of an earlier day. */
export function RunDialog({ model }: { model: ModelSummary }) {
  const { t } = useTranslation(["value", "shared"]);
  const failed = useFailed();
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState<Dayjs | null>(null);
  const start = useStartRun();
  const today = useCompanyDay();
  const go = () =>
    void start.mutateAsync({ model_id: model.id, as_of: day ? day.format("YYYY-MM-DD") : undefined }).then(() => setOpen(false), failed);
  return (
    <>
      <Button type="primary" icon={<CalculatorOutlined />} onClick={() => setOpen(true)}>
        {t("run.start")}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} onOk={go} okText={t("run.start")} confirmLoading={start.isPending} title={t("run.dialog")}>
        <Form layout="vertical">
          <Form.Item label={t("runs.as_of")} help={t(model.as_of === "data" ? "run.as_of_data" : "run.as_of_today")} htmlFor="run-as-of">
            <DatePicker id="run-as-of" value={day} onChange={setDay} maxDate={today} style={{ width: "100%" }} placeholder={t("run.as_of_usual")} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
