import { Button, Grid } from "antd";
import type { ColumnType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { Delta } from "@/shared/ui/values";
import type { ExplainedIndicator } from "../types";
import styles from "./Contributions.module.css";
import { useIndicatorName, useIndicatorValue } from "./useIndicatorLabel";
import { ScrollTable } from "@/shared/table/ScrollTable";

interface Props {
  indicators: ExplainedIndicator[];
  grade: string;
  onOpen: (indicator: ExplainedIndicator) => void;
}

/** Indicators by what they add to the score, most first; those left out at the end. */
export function byContribution(indicators: ExplainedIndicator[]): ExplainedIndicator[] {
  return [...indicators].sort((a, b) => Number(a.missing) - Number(b.missing) || (b.contribution ?? -1) - (a.contribution ?? -1));
}

/** How much the customer is above (or below) the average of its grade in one indicator. */
export function difference(indicator: ExplainedIndicator): number | null {
  const { contribution, grade_average_contribution: average } = indicator;
  return contribution === null || average === null ? null : contribution - average;
}

/** What each indicator adds to the score, against the average of the grade; a press opens its records. */
export function Contributions({ indicators, grade, onOpen }: Props) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const name = useIndicatorName();
  const valueText = useIndicatorValue();
  const phone = Grid.useBreakpoint().md === false;
  const largest = Math.max(1, ...indicators.flatMap((one) => [one.contribution ?? 0, one.grade_average_contribution ?? 0]));
  const right = { align: "right" as const };
  const columns: ColumnType<ExplainedIndicator>[] = [
    {
      title: t("indicator.indicator"), key: "indicator",
      render: (_, one) => (
        <Button type="link" size="small" className={styles.name} onClick={() => onOpen(one)} aria-haspopup="dialog">
          {name(one)}
        </Button>
      ),
    },
    { ...right, title: t("indicator.value"), key: "value", className: styles.figure, responsive: ["md"], render: (_, one) => (one.kept_back ? t("indicator.kept_back") : valueText(one)) },
    { ...right, title: t("indicator.points"), key: "points", className: styles.figure, responsive: ["md"], render: (_, one) => format.score(one.points) },
    { ...right, title: t("indicator.weight"), key: "weight", className: styles.figure, responsive: ["md"], render: (_, one) => format.number(one.weight, 2) },
    {
      title: t("indicator.contribution"), key: "contribution", width: phone ? 110 : 150,
      render: (_, one) => (one.missing || one.kept_back ? <span className={styles.out}>{t(one.missing ? "indicator.left_out" : "indicator.kept_back_why")}</span> : <Bar one={one} largest={largest} grade={grade} />),
    },
    { ...right, title: t("indicator.against_average"), key: "difference", className: styles.figure, render: (_, one) => (one.missing ? UNKNOWN : <Delta value={rounded(difference(one))} digits={1} />) },
  ];
  return (
    <ScrollTable<ExplainedIndicator>
      aria-label={t("why.title")}
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={byContribution(indicators)}
      pagination={false}
      scroll={phone ? undefined : { x: 620 }}
    />
  );
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

function Bar({ one, largest, grade }: { one: ExplainedIndicator; largest: number; grade: string }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const width = (value: number | null) => `${(100 * Math.max(0, value ?? 0)) / largest}%`;
  const average = one.grade_average_contribution;
  return (
    <span className={styles.bar} role="img" aria-label={t("why.bar", { contribution: format.score(one.contribution), average: format.score(average) })}>
      <span className={styles.track}>
        <span className={styles.fill} style={{ width: width(one.contribution), background: `var(--grade-${grade}-fill, var(--jz-muted))` }} />
        {average !== null && <span className={styles.average} style={{ left: width(average) }} />}
      </span>
      <span className={styles.figure}>{format.score(one.contribution)}</span>
    </span>
  );
}
