import { DownloadOutlined, ReloadOutlined } from "@ant-design/icons";
import { Button, Dropdown, Progress, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { useLanguage } from "@/shared/i18n/i18n";
import { watchJob } from "@/shared/jobs/watched";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText, Percent } from "@/shared/ui/values";
import styles from "../quality.module.css";
import { makeWeekly, useRefreshWeekly, useWeekly, weeklyFile, type Asked, type Weekly } from "./api";
import { ListedCustomers } from "./ListedCustomers";

interface Props {
  onFill: (customerId: number, code: string) => void;
}

/** What the records of a team want most this week, who is asked, and how much of it is done. */
export function WeeklyLists({ onFill }: Props) {
  const { t } = useTranslation("quality");
  const [params, setParams] = useSearchParams();
  const asked: Asked = { week: params.get("week"), department_id: params.get("department") };
  const weekly = useWeekly(asked);
  const found = weekly.data;
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    next.set(name, value);
    setParams(next, { replace: true });
  };
  return (
    <>
      <PageHeader title={t("weekly.title")} about={t("weekly.about")} actions={found?.week && <Export asked={asked} />} />
      <Loaded query={weekly} waiting={<Panel><TableSkeleton rows={8} /></Panel>}>
        {(found) => (
          found.week === null ? (
            <Panel><EmptyState title={t("weekly.none")} why={t("weekly.none_why")} action={<Make />} /></Panel>
          ) : (
            <>
              <Choice found={found} choose={choose} />
              <div className={styles.page}>
                <Panel title={t("weekly.done")}><Done found={found} /></Panel>
                <Panel title={found.people.length > 1 ? t("weekly.people") : t("weekly.history")}>{found.people.length > 1 ? <People found={found} /> : <Weeks found={found} />}</Panel>
                <Panel className={styles.wide} title={t("weekly.customers")}><ListedCustomers found={found} onFill={onFill} /></Panel>
                {found.people.length > 1 && <Panel className={styles.wide} title={t("weekly.history")}><Weeks found={found} /></Panel>}
              </div>
            </>
          )
        )}
      </Loaded>
    </>
  );
}

function Choice({ found, choose }: { found: Weekly; choose: (name: string, value: string) => void }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const weeks = [...new Set([...found.weeks.map((one) => one.week), ...(found.week ? [found.week] : [])])].sort().reverse();
  return (
    <div className={styles.choice}>
      <Select aria-label={t("weekly.week")} value={found.week} onChange={(week: string) => choose("week", week)} style={{ minWidth: 200 }} options={weeks.map((week) => ({ value: week, label: t("weekly.week_of", { date: format.date(week) }) }))} />
      {found.departments.length > 1 && (
        <Select
          aria-label={t("weekly.department")}
          showSearch={{ optionFilterProp: "label" }}
          value={found.department_id}
          onChange={(id: number) => choose("department", String(id))}
          style={{ minWidth: 200 }}
          options={found.departments.map((one) => ({ value: one.id, label: one.leader ? t("weekly.led", { department: one.name, leader: one.leader }) : one.name }))}
        />
      )}
      {found.closed && <Tag>{t("weekly.closed")}</Tag>}
    </div>
  );
}

function Export({ asked }: { asked: Asked }) {
  const { t } = useTranslation(["quality", "shared"]);
  const language = useLanguage();
  const item = (format: "xlsx" | "csv") => ({ key: format, label: <a href={weeklyFile(asked, format, language)} download>{t(`quality:weekly.export_${format}`)}</a> });
  return useCan(CAN.exportData) ? (
    <Dropdown trigger={["click"]} menu={{ items: [item("xlsx"), item("csv")] }}>
      <Button icon={<DownloadOutlined />}>{t("shared:action.export")}</Button>
    </Dropdown>
  ) : null;
}

function Make() {
  const { t } = useTranslation("quality");
  const failed = useFailed();
  const refresh = useRefreshWeekly();
  const start = () =>
    makeWeekly().then(
      (job) => watchJob({ job, title: t("weekly.making"), done: (result) => t("weekly.made", { count: Number(result.lists) }), onEnd: refresh }),
      failed,
    );
  return useCan(CAN.manageSetup) ? <Button type="primary" icon={<ReloadOutlined />} onClick={() => void start()}>{t("weekly.make")}</Button> : null;
}

function Done({ found }: { found: Weekly }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const share = found.asked ? found.done / found.asked : 0;
  return (
    <>
      <div className={styles.score}>
        <span className={styles.figure}><Percent value={found.asked ? share : null} digits={0} /></span>
        <span className={styles.of}>{t("weekly.done_of", { done: format.number(found.done), asked: format.number(found.asked) })}</span>
      </div>
      <Progress percent={Math.round(share * 100)} showInfo={false} aria-label={t("weekly.done")} />
    </>
  );
}

function People({ found }: { found: Weekly }) {
  const { t } = useTranslation("quality");
  return (
    <ScrollTable<Weekly["people"][number]>
      aria-label={t("weekly.people")}
      size="small"
      rowKey={(one) => one.id ?? 0}
      dataSource={found.people}
      pagination={found.people.length > 8 ? { pageSize: 8, size: "small" } : false}
      columns={[
        { key: "name", title: t("weekly.owner"), render: (_, one) => one.name || t("weekly.nobody") },
        { key: "asked", title: t("weekly.asked"), align: "right", render: (_, one) => <NumberText value={one.asked} /> },
        { key: "done", title: t("weekly.done"), align: "right", render: (_, one) => <NumberText value={one.done} /> },
        { key: "share", title: t("weekly.share"), align: "right", render: (_, one) => <Percent value={one.asked ? one.done / one.asked : null} digits={0} /> },
      ]}
    />
  );
}

function Weeks({ found }: { found: Weekly }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  return (
    <ScrollTable<Weekly["weeks"][number]>
      aria-label={t("weekly.history")}
      size="small"
      rowKey="week"
      dataSource={[...found.weeks].reverse()}
      pagination={found.weeks.length > 8 ? { pageSize: 8, size: "small" } : false}
      columns={[
        { key: "week", title: t("weekly.week"), render: (_, one) => format.date(one.week) },
        { key: "asked", title: t("weekly.asked"), align: "right", render: (_, one) => <NumberText value={one.asked} /> },
        { key: "done", title: t("weekly.done"), align: "right", render: (_, one) => <NumberText value={one.done} /> },
        { key: "share", title: t("weekly.share"), align: "right", render: (_, one) => <Percent value={one.asked ? one.done / one.asked : null} digits={0} /> },
      ]}
    />
  );
}
