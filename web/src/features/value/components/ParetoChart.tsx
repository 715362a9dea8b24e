import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { GRADE_COLOURS, GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import type { Pareto } from "../types";

/** The share of revenue that the best x % of customers bring, with the 80/20 mark. */
export function ParetoChart({ pareto, height = 300, title }: { pareto: Pareto; height?: number; title?: string }) {
  const { t } = useTranslation("value");
  const { mode } = useThemeMode();
  const format = useFormat();
  const share = format.percent(pareto.top20_revenue_share);
  const label = t("pareto.label", { share, gini: format.number(pareto.gini, 2) });
  const option = useMemo(() => {
    const ground = GROUND[mode];
    const gold = GRADE_COLOURS[mode].vip.fill;
    const percent = (value: number) => format.percent(value, 0);
    const axis = { type: "value" as const, min: 0, max: 1, interval: 0.2, axisLabel: { formatter: percent } };
    const top = pareto.top20_revenue_share;
    return {
      grid: { left: 8, right: 16, top: 16, bottom: 28, containLabel: true },
      xAxis: { ...axis, name: t("pareto.customers"), nameLocation: "middle", nameGap: 28 },
      yAxis: { ...axis, name: "" },
      tooltip: {
        trigger: "axis",
        formatter: (points: { value: [number, number] }[]) => {
          const [x, y] = points[0]?.value ?? [0, 0];
          return t("pareto.point", { customers: format.percent(x), revenue: format.percent(y) });
        },
      },
      series: [
        {
          type: "line", data: [[0, 0], [1, 1]], symbol: "none", silent: true, tooltip: { show: false },
          lineStyle: { color: ground.muted, type: "dashed", width: 1 },
        },
        {
          type: "line", data: pareto.points, symbol: "none", lineStyle: { color: gold, width: 2.500 }, areaStyle: { color: gold, opacity: 0.12 },
          markLine: {
            symbol: "none", silent: true, animation: false, label: { show: false }, lineStyle: { color: ground.muted, type: "dotted" },
            data: top === null ? [] : [[{ coord: [0.2, 0] }, { coord: [0.2, top] }], [{ coord: [0, top] }, { coord: [0.2, top] }]],
          },
          markPoint: {
            symbol: "circle", symbolSize: 10, itemStyle: { color: gold }, animation: false,
            label: { position: [14, 12], lineHeight: 18, align: "left", color: ground.text, fontWeight: 600, formatter: t("pareto.mark", { share }) },
            data: top === null ? [] : [{ coord: [0.2, top] }],
          },
        },
      ],
    };
  }, [pareto, mode, format, t, share]);
  const table = {
    columns: [{ title: t("pareto.customers"), numeric: true }, { title: t("pareto.revenue"), numeric: true }],
    rows: pareto.points.map(([x, y]) => [format.percent(x), format.percent(y)]),
  };
  return (
    <Figure label={label} title={title ?? t("pareto.title")} table={table} extra={<span>{t("pareto.gini", { gini: format.number(pareto.gini, 2) })}</span>}>
      <Chart label={label} option={option} height={height} />
    </Figure>
  );
}
