import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { GRADE_COLOURS, GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import type { Grade } from "@/shared/api/types";
import type { ExplainedIndicator } from "../types";
import { useIndicatorName } from "./useIndicatorLabel";
import { difference } from "./Contributions";

export interface Step {
  code: string;
  from: number;
  to: number;
}

const MOST = 9;

/**
 * From the average score of the grade to the customer's: one step per indicator, the largest first.
 *
 * What is left, of small steps and of indicators left out (whose weight went to the others), is one last step
 * "rest", so that the steps always end at the score.
 */
export function stepsOf(indicators: ExplainedIndicator[], score: number): { start: number; steps: Step[] } {
  const start = indicators.reduce((sum, one) => sum + (one.grade_average_contribution ?? 0), 0);
  const moves = indicators
    .map((one) => ({ code: one.key, change: difference(one) ?? 0 }))
    .filter(({ change }) => Math.abs(change) >= 0.05)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, MOST);
  let at = start;
  const steps = moves.map(({ code, change }) => {
    const step = { code, from: at, to: at + change };
    at = step.to;
    return step;
  });
  if (Math.abs(score - at) >= 0.05) steps.push({ code: "rest", from: at, to: score });
  return { start, steps };
}

interface Props {
  indicators: ExplainedIndicator[];
  score: number;
  grade: Grade;
  height?: number;
}

/** Why this customer stands above or below the average of its grade. */
export function WaterfallChart({ indicators, score, grade, height = 340 }: Props) {
  const { t } = useTranslation("value");
  const { mode } = useThemeMode();
  const format = useFormat();
  const name = useIndicatorName();
  const title = t("why.waterfall");
  const { start, steps } = useMemo(() => stepsOf(indicators, score), [indicators, score]);
  const names = useMemo(() => {
    const nameOf = (key: string) => {
      const one = indicators.find((candidate) => candidate.key === key);
      return one ? name(one) : key;
    };
    return [t("why.average"), ...steps.map((step) => (step.code === "rest" ? t("why.rest") : nameOf(step.code))), t("why.customer")];
  }, [steps, indicators, name, t]);
  const option = useMemo(() => {
    const ground = GROUND[mode];
    const grey = GRADE_COLOURS[mode][grade];
    const ends = [start, ...steps.flatMap((step) => [step.from, step.to]), score];
    const bars = [
      { low: 0, size: start, colour: ground.muted, text: format.score(start) },
      ...steps.map(({ from, to }) => ({ low: Math.min(from, to), size: Math.abs(to - from), colour: to >= from ? ground.up : ground.down, text: `${to >= from ? "▲" : "▼"} ${format.change(to - from, 1)}` })),
      { low: 0, size: score, colour: grey.fill, text: format.score(score) },
    ];
    return {
      grid: { left: 8, right: 72, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: "value", min: 0, max: Math.min(100, Math.ceil((Math.max(...ends) + 5) / 10) * 10) },
      yAxis: { type: "category", data: names, inverse: true, axisLabel: { width: 190, overflow: "truncate", color: ground.text }, axisTick: { show: false } },
      series: [
        { type: "bar", stack: "all", silent: true, itemStyle: { color: "transparent" }, data: bars.map((bar) => bar.low) },
        {
          type: "bar", stack: "all", barMaxWidth: 18, silent: true,
          data: bars.map((bar) => ({ value: bar.size, itemStyle: { color: bar.colour }, label: { show: true, position: "right", color: ground.text, formatter: bar.text } })),
        },
      ],
    };
  }, [start, steps, score, grade, mode, format, names]);
  const table = {
    columns: [{ title: t("indicator.indicator") }, { title: t("indicator.against_average"), numeric: true }],
    rows: [[names[0], format.score(start)], ...steps.map((step, index) => [names[index + 1], format.change(step.to - step.from, 1)]), [names.at(-1), format.score(score)]],
  };
  return (
    <Figure label={title} table={table}>
      <Chart label={title} option={option} height={height} />
    </Figure>
  );
}
