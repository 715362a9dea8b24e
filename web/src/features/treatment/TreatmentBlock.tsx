import { Button, Form, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useColleagues } from "@/shared/api/colleagues";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { FormDialog } from "@/shared/ui/FormDialog";
import { Panel } from "@/shared/ui/PageHeader";
import { EmptyState } from "@/shared/ui/states";
import { nameSponsor, useRefreshDuties, useTreatment, type CustomerTreatment } from "./api";
import { Became, Due } from "./DutyTable";
import styles from "./treatment.module.css";

const SHOWN = 8;

/** What this customer's grade is owed, until when, and how it went. */
export function TreatmentBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation("treatment");
  const treatment = useTreatment(customerId);
  const mayAssign = useCan(CAN.assign);
  const [naming, setNaming] = useState(false);
  const found = treatment.data;
  const isOwed = found?.terms.sponsor_days != null || found?.sponsor != null;
  return (
    <Panel title={t("block.title")} extra={mayAssign && isOwed && <Button size="small" onClick={() => setNaming(true)}>{t("block.name_sponsor")}</Button>}>
      <Loaded query={treatment} waiting={<Skeleton active paragraph={{ rows: 3 }} />}>
        {(found) => <Held found={found} />}
      </Loaded>
      {naming && found && <SponsorDialog customerId={customerId} found={found} onClose={() => setNaming(false)} />}
    </Panel>
  );
}

function Held({ found }: { found: CustomerTreatment }) {
  const { t } = useTranslation("treatment");
  const format = useFormat();
  const lines = useTerms(found);
  const [all, setAll] = useState(false);
  const mayManage = useCan(CAN.manageSetup);
  if (!found.version && found.duties.length === 0)
    return <EmptyState title={t("block.none")} why={t("block.none_why")} action={mayManage && <Link to="/setup/treatment">{t("block.set_up")}</Link>} />;
  const closed = found.done + found.missed;
  const shown = all ? found.duties : found.duties.slice(0, SHOWN);
  return (
    <>
      {lines.length === 0 && <p className={styles.muted}>{t("block.nothing_owed")}</p>}
      <dl className={styles.terms}>
        {lines.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
        {found.sponsor && <><dt>{t("block.sponsor")}</dt><dd>{found.sponsor.user.name}</dd></>}
        {closed > 0 && <><dt>{t("block.kept")}</dt><dd>{format.percent(found.done / closed)} ({found.done}/{closed})</dd></>}
      </dl>
      {shown.length > 0 && <h3 className={styles.heading}>{t("block.history")}</h3>}
      <ul className={styles.list}>
        {shown.map((duty) => (
          <li key={duty.id} className={styles.item}>
            <span>{t(`item.${duty.item}`)} · <Due duty={duty} /></span>
            <Became duty={duty} />
          </li>
        ))}
      </ul>
      {found.duties.length > SHOWN && !all && <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setAll(true)}>{t("block.all", { count: found.duties.length })}</Button>}
    </>
  );
}

/** The terms of the grade in words, those there are. */
function useTerms({ terms }: CustomerTreatment): [string, string][] {
  const { t } = useTranslation("treatment");
  const lines: [string, string | null][] = [
    [t("item.visit"), terms.visit_days == null ? null : t("every_days", { count: terms.visit_days })],
    [t("item.contact"), terms.contact_days == null ? null : t("every_days", { count: terms.contact_days })],
    [t("item.answer"), terms.answer_hours == null ? null : t("within_hours", { count: terms.answer_hours })],
    [t("item.sponsor"), terms.sponsor_days == null ? null : t("within_days", { count: terms.sponsor_days })],
    [t("terms.discount_percent"), terms.discount_percent == null ? null : `${terms.discount_percent}%`],
    [t("terms.credit_days"), terms.credit_days == null ? null : t("days", { count: terms.credit_days })],
    [t("terms.priority"), terms.priority == null ? null : String(terms.priority)],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== null);
}

function SponsorDialog({ customerId, found, onClose }: { customerId: number; found: CustomerTreatment; onClose: () => void }) {
  const { t } = useTranslation("treatment");
  const refresh = useRefreshDuties();
  const users = useColleagues();
  const options = (users.data ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name || one.username }));
  return (
    <FormDialog<{ user_id?: number | null }> open title={t("block.name_sponsor")} initial={{ user_id: found.sponsor?.user.id }} save={({ user_id }) => nameSponsor(customerId, user_id ?? null)} onSaved={refresh} onClose={onClose}>
      <Form.Item name="user_id" label={t("block.sponsor")} extra={t("block.sponsor_about")}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} options={options} loading={users.isPending} />
      </Form.Item>
    </FormDialog>
  );
}
