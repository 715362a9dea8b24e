import { ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { filterAddress } from "@/shared/filter/written";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { watchJob } from "@/shared/jobs/watched";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText, Delta, NumberText } from "@/shared/ui/values";
import { useQueryClient } from "@tanstack/react-query";
import { startRating, useSummary, type Counted, type Standing, type Summary } from "./api";
import styles from "../quality.module.css";
import { Parts } from "./Parts";

/** How well the records are kept: the score and its trend, what is missing most, and where. */
export function Component() {
  const { t } = useTranslation("quality");
  const summary = useSummary();
  const found = summary.data;
  return (
    <>
      <PageHeader title={t("page.title")} about={found?.at ? <>{t("page.as_of")} <DateTimeText value={found.at} /></> : t("page.about")} actions={<Rate />} />
      <Loaded query={summary} waiting={<Panel><ChartSkeleton /></Panel>}>
        {(found) =>
          found.customers === 0 ? (
            <Panel><EmptyState title={t("page.none")} why={t("page.none_why")} /></Panel>
          ) : (
            <Body found={found} />
          )
        }
      </Loaded>
    </>
  );
}

function Rate() {
  const { t } = useTranslation("quality");
  const failed = useFailed();
  const client = useQueryClient();
  const start = () =>
    startRating().then(
      (job) => watchJob({ job, title: t("page.rating"), done: (result) => t("page.rated", { count: Number(result.customers) }), onEnd: () => void client.invalidateQueries({ queryKey: ["quality"] }) }),
      failed,
    );
  return useCan(CAN.manageSetup) ? <Button icon={<ReloadOutlined />} onClick={() => void start()}>{t("page.rate")}</Button> : null;
}

function Body({ found }: { found: Summary }) {
  const { t } = useTranslation("quality");
  return (
    <div className={styles.page}>
      <Panel title={t("page.score")}>
        <div className={styles.score}>
          <span className={styles.figure}><NumberText value={found.score} digits={1} /></span>
          <span className={styles.of}>{t("page.customers", { count: found.customers })}</span>
        </div>
        <Parts parts={found.parts} />
      </Panel>
      <Panel><Trend found={found} /></Panel>
      <Panel title={t("page.missing")}><Counts counts={found.missing} label={t("page.missing")} /></Panel>
      <Panel><Bands found={found} /></Panel>
      {found.faults.length > 0 && <Panel title={t("page.faults")}><Counts counts={found.faults} label={t("page.faults")} /></Panel>}
      <Panel title={t("page.departments")}><Standings rows={found.departments} label={t("page.departments")} field="department" /></Panel>
      <Panel title={t("page.owners")}><Standings rows={found.owners} label={t("page.owners")} field="owner" /></Panel>
    </div>
  );
}

function Trend({ found }: { found: Summary }) {
  const { t } = useTranslation("quality");
  const { mode } = useThemeMode();
  const format = useFormat();
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      xAxis: { type: "category" as const, data: found.trend.map((one) => format.date(one.week)) },
      yAxis: { type: "value" as const, min: 0, max: 100 },
      tooltip: { trigger: "axis" },
      series: [{ type: "line", name: t("page.score"), data: found.trend.map((one) => one.score), symbolSize: 6, lineStyle: { color: GROUND[mode].primary }, itemStyle: { color: GROUND[mode].primary } }],
    }),
    [found.trend, format, mode, t],
  );
  const table = { columns: [{ title: t("page.week") }, { title: t("page.score"), numeric: true }], rows: found.trend.map((one) => [format.date(one.week), format.number(one.score, 1)]) };
  return <Figure label={t("page.trend")} title={t("page.trend")} table={table}><Chart label={t("page.trend")} option={option} height={200} /></Figure>;
}

function Bands({ found }: { found: Summary }) {
  const { t } = useTranslation("quality");
  const { mode } = useThemeMode();
  const format = useFormat();
  const names = found.bands.map((_, place) => (place === 9 ? "90–100" : `${place * 10}–${place * 10 + 9}`));
  const option = {
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    xAxis: { type: "category" as const, data: names },
    yAxis: { type: "value" as const, minInterval: 1 },
    tooltip: { trigger: "axis" },
    series: [{ type: "bar", name: t("page.count"), data: found.bands, itemStyle: { color: GROUND[mode].primary } }],
  };
  const table = { columns: [{ title: t("page.score") }, { title: t("page.count"), numeric: true }], rows: found.bands.map((count, place) => [names[place], format.number(count)]) };
  return <Figure label={t("page.bands")} title={t("page.bands")} table={table}><Chart label={t("page.bands")} option={option} height={220} /></Figure>;
}

/** The list of customers whose field is empty; what stands beside the customer has no such filter. */
function lacking(code: string): string | null {
  if (["address", "contact", "contact_birthday", "credit_code"].includes(code) || code.endsWith("_dead")) return null;
  return `/customers?filter=${filterAddress({ mode: "all", conditions: [{ field: code, op: "is_null", value: true }] })}`;
}

function Counts({ counts, label }: { counts: Counted[]; label: string }) {
  const { t } = useTranslation("quality");
  const words = useLabel();
  const isFault = label === t("page.faults");
  return (
    <ScrollTable<Counted>
      aria-label={label}
      size="small"
      rowKey="code"
      dataSource={counts}
      pagination={counts.length > 10 ? { pageSize: 10, size: "small" } : false}
      locale={{ emptyText: <EmptyState title={t("page.nothing_missing")} /> }}
      columns={[
        { key: "field", title: t("page.field"), render: (_, one) => { const to = isFault ? null : lacking(one.code); return to ? <Link to={to}>{words(one.label)}</Link> : words(one.label); } },
        { key: "customers", title: t("page.count"), align: "right", render: (_, one) => <NumberText value={one.customers} /> },
      ]}
    />
  );
}

function Standings({ rows, label, field }: { rows: Standing[]; label: string; field: "owner" | "department" }) {
  const { t } = useTranslation("quality");
  const name = (one: Standing) => one.name || t("page.nobody");
  const to = (one: Standing) => `/customers?sort=quality&filter=${filterAddress({ mode: "all", conditions: [one.id === null ? { field, op: "is_null", value: true } : { field, op: "in", value: [one.id] }] })}`;
  return (
    <ScrollTable<Standing>
      aria-label={label}
      size="small"
      rowKey={(one) => one.id ?? 0}
      dataSource={rows}
      pagination={rows.length > 10 ? { pageSize: 10, size: "small" } : false}
      scroll={{ x: "max-content" }}
      columns={[
        { key: "name", title: t(`page.${field}`), render: (_, one) => <Link to={to(one)}>{name(one)}</Link> },
        { key: "customers", title: t("page.count"), align: "right", sorter: (a, b) => a.customers - b.customers, render: (_, one) => <NumberText value={one.customers} /> },
        { key: "missing", title: t("page.missing_fields"), align: "right", render: (_, one) => <NumberText value={one.missing} /> },
        {
          key: "score", title: t("page.score"), align: "right", sorter: (a, b) => (a.score ?? 0) - (b.score ?? 0),
          render: (_, one) => <><NumberText value={one.score} digits={1} /><span className={styles.track} aria-hidden style={{ display: "block" }}><span className={styles.bar} style={{ width: `${one.score ?? 0}%` }} /></span></>,
        },
        { key: "change", title: t("page.change"), align: "right", render: (_, one) => <Delta value={one.score !== null && one.before !== null ? one.score - one.before : null} digits={1} /> },
      ]}
    />
  );
}
