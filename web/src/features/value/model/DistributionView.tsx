import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { GRADE_COLOURS, GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import type { Distribution } from "../types";
import styles from "./model.module.css";

/** The spread of an indicator's values over the customers, and the curve that turns a value into points. */
export function DistributionView({ distribution, unit }: { distribution: Distribution | undefined; unit: string | null }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  if (!distribution?.histogram || distribution.histogram.counts.length === 0) return <p className={styles.muted}>{t("distribution.none")}</p>;
  const facts: [string, string][] = [
    [t("distribution.count"), format.number(distribution.count)],
    [t("distribution.missing"), format.number(distribution.missing)],
    [t("distribution.p25"), format.unit(distribution.p25, unit)],
    [t("distribution.median"), format.unit(distribution.median, unit)],
    [t("distribution.p75"), format.unit(distribution.p75, unit)],
    [t("distribution.max"), format.unit(distribution.max, unit)],
  ];
  return (
    <div className={styles.distribution}>
      <Histogram distribution={distribution} unit={unit} />
      <dl>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Histogram({ distribution, unit }: { distribution: Distribution; unit: string | null }) {
  const { t } = useTranslation("value");
  const { mode } = useThemeMode();
  const format = useFormat();
  const label = t("distribution.label");
  const edges = useMemo(() => distribution.histogram?.edges ?? [], [distribution]);
  const counts = useMemo(() => distribution.histogram?.counts ?? [], [distribution]);
  const option = useMemo(() => {
    const ground = GROUND[mode];
    const short = (value: number) => (unit === "ratio" ? format.percent(value, 0) : format.short(value));
    const curve = (distribution.scale_curve ?? []).filter(([value]) => value >= (edges[0] ?? 0) && value <= (edges.at(-1) ?? 0));
    return {
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemHeight: 8 },
      tooltip: { trigger: "item" },
      xAxis: { type: "value", min: edges[0], max: edges.at(-1), axisLabel: { formatter: short, hideOverlap: true }, splitLine: { show: false } },
      yAxis: [
        { type: "value", axisLabel: { formatter: (value: number) => format.short(value) }, splitNumber: 3 },
        { type: "value", min: 0, max: 100, splitLine: { show: false }, splitNumber: 2 },
      ],
      series: [
        {
          type: "custom", name: t("distribution.customers"), itemStyle: { color: GRADE_COLOURS[mode].small.fill },
          encode: { x: [0, 1], y: 2 },
          data: counts.map((count, index) => [edges[index], edges[index + 1], count]),
          renderItem: (_: unknown, api: { value: (dim: number) => number; coord: (point: number[]) => number[]; style: () => object }) => {
            const [left = 0, top = 0] = api.coord([api.value(0), api.value(2)]);
            const [right = 0, bottom = 0] = api.coord([api.value(1), 0]);
            return { type: "rect", shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top }, style: api.style() };
          },
          tooltip: { formatter: ({ value }: { value: number[] }) => `${format.unit(value[0], unit)} – ${format.unit(value[1], unit)}<br><b>${format.number(value[2])}</b>` },
        },
        {
          type: "line", name: t("indicator.points"), yAxisIndex: 1, symbol: "none", data: curve, itemStyle: { color: ground.primary }, lineStyle: { color: ground.primary, width: 2 },
        },
      ],
    };
  }, [distribution, edges, counts, unit, mode, format, t]);
  const table = {
    columns: [{ title: t("distribution.from"), numeric: true }, { title: t("distribution.to"), numeric: true }, { title: t("distribution.customers"), numeric: true }],
    rows: counts.map((count, index) => [format.unit(edges[index], unit), format.unit(edges[index + 1], unit), format.number(count)]),
  };
  return (
    <Figure label={label} table={table}>
      <Chart label={label} option={option} height={190} />
    </Figure>
  );
}
