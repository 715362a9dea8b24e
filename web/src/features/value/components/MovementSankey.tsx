import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Standing } from "@/shared/api/types";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { GRADE_COLOURS, GROUND, type Mode } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { useGradeName } from "@/shared/ui/Grade";
import type { Flow } from "../types";

const ORDER: Standing[] = ["vip", "important", "ordinary", "small", "prospect"];

/** The nodes of both sides, best grade first, only those that something flows through. */
export function nodesOf(flows: Flow[]): { side: "from" | "to"; grade: Standing }[] {
  return (["from", "to"] as const).flatMap((side) =>
    ORDER.filter((grade) => flows.some((flow) => flow[side] === grade && flow.customers > 0)).map((grade) => ({ side, grade })),
  );
}

const colour = (grade: Standing, mode: Mode) => (grade === "prospect" ? GROUND[mode].line : GRADE_COLOURS[mode][grade].fill);

/** Who went from which grade to which, as a Sankey; those who stayed are paler. */
export function MovementSankey({ flows, height = 320 }: { flows: Flow[]; height?: number }) {
  const { t } = useTranslation("value");
  const { mode } = useThemeMode();
  const format = useFormat();
  const name = useGradeName();
  const label = t("movement.label");
  const option = useMemo(() => {
    const ground = GROUND[mode];
    const say = (from: Standing, to: Standing, customers: number) =>
      t(from === to ? "movement.stayed" : "movement.moved", { from: name(from), to: name(to), customers: format.number(customers) });
    return {
      tooltip: { trigger: "item" },
      series: [
        {
          type: "sankey", left: 84, right: 84, top: 8, bottom: 8, nodeGap: 12, nodeWidth: 14, draggable: false, layoutIterations: 0,
          emphasis: { focus: "adjacency" },
          data: nodesOf(flows).map(({ side, grade }) => ({
            name: `${side}:${grade}`, depth: side === "from" ? 0 : 1, itemStyle: { color: colour(grade, mode), borderWidth: 0 },
            label: { position: side === "from" ? "left" : "right", color: ground.text, formatter: name(grade) },
            tooltip: { formatter: name(grade) },
          })),
          links: flows
            .filter((flow) => flow.customers > 0)
            .map((flow) => ({
              source: `from:${flow.from}`, target: `to:${flow.to}`, value: flow.customers,
              lineStyle: { color: colour(flow.from === flow.to ? flow.from : flow.to, mode), opacity: flow.from === flow.to ? 0.18 : 0.5, curveness: 0.5 },
              tooltip: { formatter: say(flow.from, flow.to, flow.customers) },
            })),
        },
      ],
    };
  }, [flows, mode, format, name, t]);
  const table = {
    columns: [{ title: t("movement.from") }, { title: t("movement.to") }, { title: t("tier.customers"), numeric: true }, { title: t("tier.revenue"), numeric: true }],
    rows: flows.map((flow) => [name(flow.from), name(flow.to), format.number(flow.customers), format.money(flow.revenue, 0)]),
  };
  return (
    <Figure label={label} table={table}>
      <Chart label={label} option={option} height={height} />
    </Figure>
  );
}
