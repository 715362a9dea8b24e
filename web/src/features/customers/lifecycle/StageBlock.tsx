import { App, Button, DatePicker, Form, Input, Select, Skeleton, Timeline } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { FormDialog } from "@/shared/ui/FormDialog";
import { Panel } from "@/shared/ui/PageHeader";
import { useErrorText } from "@/shared/ui/states";
import { DateTimeText } from "@/shared/ui/values";
import { releaseStage, setStage, useRefreshStages, useStage, type StageIn } from "./api";
import styles from "./lifecycle.module.css";

type Entered = Omit<StageIn, "until"> & { until?: Dayjs | null };

/** The stage of a customer's life, how it came there, and a hand to move it. */
export function StageBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const { message } = App.useApp();
  const text = useErrorText();
  const mayEdit = useCan(CAN.editCustomers);
  const refresh = useRefreshStages();
  const found = useStage(customerId);
  const [open, setOpen] = useState(false);
  const one = found.data;
  const release = () => void releaseStage(customerId).then(refresh, (error: unknown) => void message.error(text(error)));
  return (
    <Panel title={t("life.block")} extra={mayEdit && one && <Button size="small" onClick={() => setOpen(true)}>{t("life.change")}</Button>}>
      <Loaded query={found} waiting={<Skeleton active title={false} paragraph={{ rows: 2 }} />}>
        {(one) => (
          <>
            <p>
              <strong>{t(`shared:stage.${one.stage}`)}</strong>{" "}
              <span className={styles.under}>{one.by_rule ? t("life.by_rule") : one.until ? t("life.by_hand_until", { date: format.date(one.until) }) : t("life.by_hand")}</span>
              {!one.by_rule && mayEdit && <Button size="small" type="link" onClick={release}>{t("life.release")}</Button>}
            </p>
            {one.changes.length > 0 && (
              <Timeline
                items={one.changes.slice(0, 8).map((each, place) => ({
                  key: place,
                  content: (
                    <>
                      {t(`shared:stage.${each.was}`)} → {t(`shared:stage.${each.now}`)}
                      <div className={styles.under}><DateTimeText value={each.at} /> · {[each.by_rule ? t("life.by_rule") : each.by?.name, each.reason].filter(Boolean).join(" · ")}</div>
                    </>
                  ),
                }))}
              />
            )}
            <FormDialog<Entered>
              open={open}
              title={t("life.change")}
              initial={{ stage: one.reachable[0] as StageIn["stage"], reason: "" }}
              save={({ until, ...entered }) => setStage(customerId, { ...entered, until: until?.format("YYYY-MM-DD") ?? null })}
              onSaved={refresh}
              onClose={() => setOpen(false)}
            >
              <Form.Item name="stage" label={t("life.block")}>
                <Select options={[...one.reachable, one.stage].map((value) => ({ value, label: t(`shared:stage.${value}`) }))} />
              </Form.Item>
              <Form.Item name="reason" label={t("life.reason")} rules={[{ required: true, message: t("life.reason_missing") }]}>
                <Input.TextArea maxLength={400} autoSize={{ minRows: 2, maxRows: 4 }} />
              </Form.Item>
              <Form.Item name="until" label={t("life.until")} extra={t("life.until_hint")}>
                <DatePicker style={{ width: "100%" }} />
              </Form.Item>
            </FormDialog>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
