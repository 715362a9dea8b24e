import { Button, DatePicker, Form, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GRADES, type Grade } from "@/shared/api/types";
import { useCompanyDay } from "@/shared/format/companyDay";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { GradeBadge, useGradeName } from "@/shared/ui/Grade";
import type { CustomerValueAnswer } from "../types";
import { ask, useRefreshGrades, type GradeOverride } from "./api";
import { OverrideActions, Words } from "./OverrideActions";
import styles from "./overrides.module.css";

interface Props {
  customerId: number;
  value: CustomerValueAnswer;
}

/** On a customer's page: the override in force, what is asked for, and the door to ask. */
export function OverrideBar({ customerId, value }: Props) {
  const { t } = useTranslation("value");
  const mayAsk = useCan(CAN.editCustomers);
  const [open, setOpen] = useState(false);
  const { override, asked } = value;
  return (
    <>
      {override && <InForce one={override} />}
      {asked && <Asked one={asked} />}
      {mayAsk && !asked && (
        <Button size="small" onClick={() => setOpen(true)}>{t(override ? "override.ask_again" : "override.ask")}</Button>
      )}
      {open && <AskDialog customerId={customerId} grade={value.grade} onClose={() => setOpen(false)} />}
    </>
  );
}

function InForce({ one }: { one: GradeOverride }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const name = useGradeName();
  return (
    <div className={styles.bar}>
      <span>
        {t("override.in_force", { date: format.date(one.until), grade: name(one.customer.computed_grade) })} {t("override.because", { reason: one.reason })}
      </span>
      <OverrideActions one={one} />
    </div>
  );
}

function Asked({ one }: { one: GradeOverride }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  return (
    <div className={styles.bar}>
      <span>
        {t("override.asked_by", { name: one.asked_by?.name ?? t("runs.system"), date: format.date(one.until) })} <GradeBadge grade={one.grade} /> {t("override.because", { reason: one.reason })}
      </span>
      <OverrideActions one={one} />
    </div>
  );
}

interface Entered {
  grade: Grade;
  reason: string;
  until: Dayjs;
}

function AskDialog({ customerId, grade, onClose }: { customerId: number; grade: string; onClose: () => void }) {
  const { t } = useTranslation("value");
  const name = useGradeName();
  const refresh = useRefreshGrades();
  const today = useCompanyDay();
  return (
    <FormDialog<Entered>
      open
      title={t("override.ask")}
      okText={t("override.send")}
      initial={{ grade: GRADES.find((one) => one !== grade), until: today.add(90, "day") }}
      save={(entered) => ask(customerId, { ...entered, until: entered.until.format("YYYY-MM-DD") })}
      onSaved={refresh}
      onClose={onClose}
    >
      <p>{t("override.about")}</p>
      <Form.Item name="grade" label={t("override.grade")} rules={[{ required: true, message: t("override.words_missing") }]}>
        <Select options={GRADES.map((one) => ({ value: one, label: name(one) }))} />
      </Form.Item>
      <Words name="reason" label={t("override.reason")} />
      <Form.Item name="until" label={t("override.until")} extra={t("override.until_hint")} rules={[{ required: true, message: t("override.words_missing") }]}>
        <DatePicker minDate={today} style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}
