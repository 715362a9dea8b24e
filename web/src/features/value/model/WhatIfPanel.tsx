import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import type { ErrorDetail, Grade } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { GradeBadge } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState, ErrorDetails, useDetailText, useErrorText } from "@/shared/ui/states";
import { Delta, NumberText, Percent } from "@/shared/ui/values";
import { useCurrency } from "@/shared/session/session";
import { Movers } from "../components/Movers";
import { PyramidChart } from "../components/PyramidChart";
import { useIndicatorLabel } from "../components/useIndicatorLabel";
import { usePyramid, useWhatIf } from "../api";
import type { ModelDocument, Tier } from "../types";
import styles from "./model.module.css";
import { ScrollTable } from "@/shared/table/ScrollTable";

const ONLY_A_RUN = ["not_computed", "another_population"];

interface Props {
  model: number;
  /** null while nothing is changed. */
  changed: ModelDocument | null;
}

/** The pyramid as it is, and as the changed model would make it; and who would move. */
export function WhatIfPanel({ model, changed }: Props) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const present = usePyramid(model);
  const answer = useWhatIf(model, changed);
  if (present.isError) return <Panel title={t("what_if.title")}><EmptyState title={t("pyramid.not_yet")} why={t("what_if.needs_run")} /></Panel>;
  if (!present.data) return <Panel title={t("what_if.title")}><ChartSkeleton height={420} /></Panel>;
  const result = changed ? answer.data : undefined;
  return (
    <Panel title={t("what_if.title")} extra={<span className={styles.muted} role="status">{answer.isFetching ? t("what_if.computing") : result ? t("what_if.took", { took: format.number(result.took_ms) }) : ""}</span>}>
      {changed && answer.error && (
        <Untried error={answer.error} changed={changed} />
      )}
      <div className={result ? styles.pair : styles.single}>
        <Pyramid title={t("what_if.before")} tiers={result?.before ?? present.data.grades} />
        {result && <Pyramid title={t("what_if.after")} tiers={result.grades} />}
      </div>
      {!result && <p className={styles.hint}>{t("what_if.hint")}</p>}
      {result && <Compare before={result.before} after={result.grades} />}
      {result && <Movers title={t("what_if.movers", { customers: format.number(result.moved.filter((flow) => flow.from !== flow.to).reduce((sum, flow) => sum + flow.customers, 0)) })} movers={result.movers} none={t("what_if.nobody")} />}
    </Panel>
  );
}

/** Why the change cannot be tried out: nothing is wrong with one that only a run can show. */
function Untried({ error, changed }: { error: unknown; changed: ModelDocument }) {
  const errorText = useErrorText();
  const detailText = useDetailText();
  const label = useLabel();
  const indicatorLabel = useIndicatorLabel();
  const named = (detail: ErrorDetail) => {
    const one = changed.indicators[Number(/\d+/.exec(detail.where)?.[0] ?? -1)];
    return one ? { ...detail, params: { ...detail.params, indicator: one.label ? label(one.label) : indicatorLabel(one.code) } } : detail;
  };
  const later = error instanceof ApiError && error.details.length > 0 && error.details.every(({ code }) => ONLY_A_RUN.includes(code));
  if (later) return <Alert type="info" showIcon title={error.details.map((one) => detailText(named(one))).join(" ")} className={styles.alert} />;
  return <Alert type="warning" showIcon title={errorText(error)} description={<ErrorDetails error={error} />} className={styles.alert} />;
}

function Pyramid({ title, tiers }: { title: string; tiers: Tier[] }) {
  const currency = useCurrency();
  const plain = tiers.map((tier) => ({ ...tier, change: null }));
  return (
    <div className={styles.half}>
      <h3>{title}</h3>
      <PyramidChart tiers={plain} currency={currency} label={title} bars={false} height={270} />
    </div>
  );
}

function Compare({ before, after }: { before: Tier[]; after: Tier[] }) {
  const { t } = useTranslation("value");
  const rows = after.map((tier) => ({ tier, old: before.find((one) => one.grade === tier.grade) }));
  const right = { align: "right" as const };
  return (
    <ScrollTable
      aria-label={t("what_if.compare")}
      size="small"
      pagination={false}
      className={styles.alert}
      rowKey={(row) => row.tier.grade}
      scroll={{ x: "max-content" }}
      dataSource={rows}
      columns={[
        { title: t("tier.grade"), key: "grade", render: (_, { tier }) => <GradeBadge grade={tier.grade as Grade} /> },
        { ...right, title: t("tier.customers"), key: "customers", render: (_, { tier }) => <NumberText value={tier.customers} /> },
        { ...right, title: t("what_if.change"), key: "change", render: (_, { tier, old }) => <Delta value={old ? tier.customers - old.customers : null} /> },
        { ...right, title: t("tier.revenue_share"), key: "revenue", render: (_, { tier }) => <Percent value={tier.revenue_share} /> },
        { ...right, title: t("what_if.change_points"), key: "shift", render: (_, { tier, old }) => <Delta value={old ? Math.round((tier.revenue_share - old.revenue_share) * 1000) / 10 : null} digits={1} /> },
      ]}
    />
  );
}
