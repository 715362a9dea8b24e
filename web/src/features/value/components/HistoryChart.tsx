import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { GRADES } from "@/shared/api/types";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { GRADE_COLOURS, GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { useGradeName } from "@/shared/ui/Grade";
import type { Bounds, CustomerValueAnswer, HistoryEntry } from "../types";
import { useCauseName } from "./useCauseName";

/** The bands of the grades from the bottom up: where each begins and ends on the scale of scores. */
export function bandsOf(bounds: Bounds): { grade: (typeof GRADES)[number]; from: number; to: number }[] {
  const { vip, important, ordinary } = bounds;
  return [
    { grade: "small", from: 0, to: ordinary },
    { grade: "ordinary", from: ordinary, to: important },
    { grade: "important", from: important, to: vip },
    { grade: "vip", from: vip, to: 100 },
  ];
}

const DAY = 86_400_000;

/** Whether a line tells more than its points: a few days between the first and the last. */
export function makesLine(history: Pick<HistoryEntry, "at">[]): boolean {
  const moments = history.map((entry) => Date.parse(entry.at));
  return moments.length > 1 && Math.max(...moments) - Math.min(...moments) >= 5 * DAY;
}

/** The bands, when every bound is known; a model cut by shares fits its bounds in a run. */
export function knownBounds(bounds: CustomerValueAnswer["bounds"]) {
  const { vip, important, ordinary } = bounds ?? {};
  return vip == null || important == null || ordinary == null ? [] : bandsOf({ vip, important, ordinary });
}

/** The score over time on the bands of the grades; each point says what moved it. */
export function HistoryChart({ value, height = 240 }: { value: CustomerValueAnswer; height?: number }) {
  const { t } = useTranslation("value");
  const { mode } = useThemeMode();
  const format = useFormat();
  const name = useGradeName();
  const cause = useCauseName();
  const { history, bounds } = value;
  const label = t("history.label");
  const option = useMemo(() => {
    const ground = GROUND[mode];
    const bands = knownBounds(bounds);
    return {
      grid: { left: 8, right: 64, top: 8, bottom: 4, containLabel: true },
      xAxis: { type: "time", minInterval: DAY, axisLabel: { formatter: (at: number) => format.date(new Date(at).toISOString()), hideOverlap: true } },
      yAxis: { type: "value", min: 0, max: 100, interval: 20, splitLine: { show: false } },
      tooltip: {
        trigger: "item",
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const entry = history[dataIndex];
          return entry ? `${format.dateTime(entry.at)}<br>${name(entry.grade)} · <b>${format.score(entry.score)}</b><br>${cause(entry.cause)}` : "";
        },
      },
      series: [
        {
          type: "line", step: "end", symbol: "circle", symbolSize: history.length > 60 ? 4 : 7, lineStyle: { color: ground.text, width: 1.500 },
          data: history.map((entry) => ({ value: [entry.at, entry.score], itemStyle: { color: entry.grade === "prospect" ? ground.muted : GRADE_COLOURS[mode][entry.grade].fill } })),
          markArea: {
            silent: true,
            data: bands.map(({ grade, from, to }) => [
              { yAxis: from, itemStyle: { color: GRADE_COLOURS[mode][grade].fill, opacity: 0.1 }, label: { show: true, position: "right", color: GRADE_COLOURS[mode][grade].ink, fontSize: 11, formatter: name(grade) } },
              { yAxis: to },
            ]),
          },
        },
      ],
    };
  }, [history, bounds, mode, format, name, cause]);
  const table = {
    columns: [{ title: t("history.at") }, { title: t("tier.grade") }, { title: t("history.score"), numeric: true }, { title: t("history.cause") }],
    rows: history.map((entry) => [format.dateTime(entry.at), name(entry.grade), format.score(entry.score), cause(entry.cause)]).reverse(),
  };
  return (
    <Figure label={label} title={t("history.title")} table={table}>
      <Chart label={label} option={option} height={height} />
    </Figure>
  );
}
