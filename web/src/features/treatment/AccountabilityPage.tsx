import { CloseOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Segmented, Select, Space, Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useColleagues, useDepartments } from "@/shared/api/colleagues";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { filterAddress } from "@/shared/filter/written";
import { useCompanyDay } from "@/shared/format/companyDay";
import { useFormat } from "@/shared/format/useFormat";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { Loaded, LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState, TableSkeleton } from "@/shared/ui/states";
import { Delta, NumberText, Percent } from "@/shared/ui/values";
import { filterOf, useDuties, useRecord, type AccountRecord, type Figures } from "./api";
import { ITEMS, readAsked, STATES } from "./asked";
import { DutyTable } from "./DutyTable";
import { PERIODS, shifted, titleOf } from "./periods";
import styles from "./treatment.module.css";

type Asked = ReturnType<typeof readAsked>;
type Change = (changes: Record<string, string | null>) => void;

/** Who kept what is owed to customers: per person and department, over a period, down to the single duty. */
export function Component() {
  const { t } = useTranslation("treatment");
  const [params, setParams] = useSearchParams();
  const asked = readAsked(params, { departments: useDepartments().data, owners: useColleagues().data });
  const period = asked.period ?? "month";
  const today = useCompanyDay().format("YYYY-MM-DD");
  const start = asked.start ?? today;
  const record = useRecord(period, start);
  const found = record.data;
  const set: Change = (changes) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    setParams(next, { replace: true });
  };
  return (
    <>
      <PageHeader title={t("page.title")} about={t("page.about")} />
      <div className={styles.bar}>
        <Segmented aria-label={t("page.period")} value={period} onChange={(value) => set({ period: value, start: null })} options={PERIODS.map((value) => ({ value, label: t(`page.${value}`) }))} />
        <Space size={4}>
          <Button icon={<LeftOutlined />} aria-label={t("page.earlier")} onClick={() => set({ start: shifted(start, period, -1) })} />
          <span>{titleOf(found?.first ?? start, period)}</span>
          <Button icon={<RightOutlined />} aria-label={t("page.later")} disabled={!found || found.last >= today} onClick={() => set({ start: shifted(start, period, 1) })} />
        </Space>
        <Unread asked={asked} set={set} />
      </div>
      <Loaded query={record} waiting={<Panel><ChartSkeleton /></Panel>}>
        {(found) => <Body found={found} asked={asked} set={set} />}
      </Loaded>
    </>
  );
}

/** What the address asks for and there is not, as a list says it of a filter it cannot read. */
function Unread({ asked, set }: { asked: Asked; set: Change }) {
  const { t } = useTranslation("treatment");
  const names = { period: t("page.period"), start: t("page.start"), department: t("page.department"), owner: t("duty.owner"), state: t("duty.state"), item: t("duty.item") };
  if (asked.unread.length === 0) return null;
  return (
    <Tag color="warning" closable onClose={() => set(Object.fromEntries(asked.unread.map((name) => [name, null])))}>
      {t("page.unread", { what: asked.unread.map((name) => names[name]).join(t("page.and")) })}
    </Tag>
  );
}

interface BodyProps {
  found: AccountRecord;
  asked: Asked;
  set: Change;
}

function Body({ found, asked, set }: BodyProps) {
  const { t } = useTranslation("treatment");
  const nothing = found.total.done + found.total.missed + found.total.excused + found.total.due === 0;
  const lines = (rows: AccountRecord["people"], key: "owner" | "department") =>
    rows.map((row) => ({ key: `${key}-${row.id ?? 0}`, name: row.name || t("page.none_of"), figures: row, onOpen: row.id === null ? undefined : () => set({ owner: null, department: null, [key]: String(row.id) }) }));
  return (
    <div className={styles.page}>
      {nothing ? (
        <Panel className={styles.wide}><EmptyState title={t("page.nothing")} why={t("page.nothing_why")} /></Panel>
      ) : (
        <>
          <Panel className={styles.wide}><Totals found={found} /></Panel>
          <Panel><Trend found={found} /></Panel>
          <Panel title={t("page.items")}><Lines label={t("page.items")} first={t("duty.item")} rows={found.items.map((row) => ({ key: row.item, name: t(`item.${row.item as "visit"}`), figures: row, onOpen: () => set({ item: row.item }) }))} /></Panel>
          <Panel title={t("page.people")}><Lines label={t("page.people")} first={t("duty.owner")} rows={lines(found.people, "owner")} /></Panel>
          <Panel title={t("page.departments")}><Lines label={t("page.departments")} first={t("page.department")} rows={lines(found.departments, "department")} /></Panel>
          <Panel className={styles.wide} title={t("page.duties")}><Duties found={found} asked={asked} set={set} /></Panel>
        </>
      )}
    </div>
  );
}

function Totals({ found }: { found: AccountRecord }) {
  const { t } = useTranslation("treatment");
  const { total, before } = found;
  const change = total.kept !== null && before.kept !== null ? (total.kept - before.kept) * 100 : null;
  return (
    <dl className={styles.figures}>
      <div><dt>{t("figure.kept")}</dt><dd><Percent value={total.kept} />{change !== null && <small><Delta value={change} digits={1} /> {t("figure.points")}</small>}</dd></div>
      <div><dt>{t("state.done")}</dt><dd><NumberText value={total.done} /></dd></div>
      <div><dt>{t("state.missed")}</dt><dd><NumberText value={total.missed} />{total.missed > 0 && <small className={styles.muted}>{t("figure.unmade", { count: total.unmade })}</small>}</dd></div>
      <div><dt>{t("state.excused")}</dt><dd><NumberText value={total.excused} /></dd></div>
      <div><dt>{t("state.due")}</dt><dd><NumberText value={total.due} /></dd></div>
      <div><dt>{t("figure.delay")}</dt><dd><NumberText value={total.delay} digits={1} /></dd></div>
    </dl>
  );
}

function Trend({ found }: { found: AccountRecord }) {
  const { t } = useTranslation("treatment");
  const { mode } = useThemeMode();
  const format = useFormat();
  const months = useMemo(() => found.trend.map((one) => titleOf(one.month, "month")), [found.trend]);
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      xAxis: { type: "category" as const, data: months },
      yAxis: { type: "value" as const, min: 0, max: 100, axisLabel: { formatter: "{value}%" } },
      tooltip: { trigger: "axis", valueFormatter: (value: unknown) => (typeof value === "number" ? format.percent(value / 100) : "–") },
      series: [{ type: "line", name: t("figure.kept"), data: found.trend.map((one) => (one.kept === null ? null : Math.round(one.kept * 1000) / 10)), symbolSize: 6, lineStyle: { color: GROUND[mode].primary }, itemStyle: { color: GROUND[mode].primary } }],
    }),
    [found.trend, format, mode, months, t],
  );
  const table = {
    columns: [{ title: t("page.month") }, { title: t("figure.kept"), numeric: true }, { title: t("state.missed"), numeric: true }],
    rows: found.trend.map((one, place) => [months[place], format.percent(one.kept), format.number(one.missed)]),
  };
  return <Figure label={t("page.trend")} title={t("page.trend")} table={table}><Chart label={t("page.trend")} option={option} height={220} /></Figure>;
}

interface Line {
  key: string;
  name: string;
  figures: Figures;
  onOpen?: () => void;
}

function Lines({ label, first, rows }: { label: string; first: string; rows: Line[] }) {
  const { t } = useTranslation("treatment");
  return (
    <ScrollTable<Line>
      aria-label={label}
      size="small"
      rowKey="key"
      dataSource={rows}
      pagination={rows.length > 10 ? { pageSize: 10, size: "small" } : false}
      scroll={{ x: "max-content" }}
      columns={[
        { key: "name", title: first, render: (_, row) => (row.onOpen ? <Button type="link" size="small" style={{ padding: 0 }} onClick={row.onOpen}>{row.name}</Button> : row.name) },
        { key: "kept", title: t("figure.kept"), align: "right", sorter: (a, b) => (a.figures.kept ?? -1) - (b.figures.kept ?? -1), render: (_, row) => <Percent value={row.figures.kept} /> },
        { key: "done", title: t("state.done"), align: "right", responsive: ["md"], sorter: (a, b) => a.figures.done - b.figures.done, render: (_, row) => <NumberText value={row.figures.done} /> },
        { key: "missed", title: t("state.missed"), align: "right", sorter: (a, b) => a.figures.missed - b.figures.missed, render: (_, row) => <NumberText value={row.figures.missed} /> },
        { key: "excused", title: t("state.excused"), align: "right", responsive: ["md"], render: (_, row) => <NumberText value={row.figures.excused} /> },
        { key: "delay", title: t("figure.delay"), align: "right", responsive: ["md"], render: (_, row) => <NumberText value={row.figures.delay} digits={1} /> },
      ]}
    />
  );
}

function Duties({ found, asked, set }: BodyProps) {
  const { t } = useTranslation("treatment");
  const { owner, department, state, item } = asked;
  const filter = filterOf({ owner, department, state, item, since: found.first, until: found.last });
  const duties = useDuties(filter);
  const chosen = owner ? found.people.find((one) => one.id === owner)?.name : department ? found.departments.find((one) => one.id === department)?.name : undefined;
  return (
    <>
      <div className={styles.bar}>
        {(owner ?? department) && <Button size="small" icon={<CloseOutlined />} iconPlacement="end" onClick={() => set({ owner: null, department: null })}>{chosen ?? "–"}</Button>}
        <Select allowClear aria-label={t("duty.state")} placeholder={t("page.every_state")} value={state} onChange={(value?: string | null) => set({ state: value ?? null })} style={{ minWidth: 150 }} options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))} />
        <Select allowClear aria-label={t("duty.item")} placeholder={t("page.every_item")} value={item} onChange={(value?: string | null) => set({ item: value ?? null })} style={{ minWidth: 150 }} options={ITEMS.map((value) => ({ value, label: t(`item.${value}`) }))} />
        <Link to={`/duties?filter=${filterAddress(filter) ?? ""}`}>{t("page.as_list")}</Link>
      </div>
      <LoadedPages query={duties} waiting={<TableSkeleton rows={5} />}>
        {(rows) => (
          <DutyTable
            label={t("page.duties")}
            duties={rows}
            withOwner
            empty={{ title: t("page.no_duties") }}
            footer={<LoadMore query={duties} />}
          />
        )}
      </LoadedPages>
    </>
  );
}
