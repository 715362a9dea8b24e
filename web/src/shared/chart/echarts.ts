/** The parts of ECharts we use, and nothing else, so that the download stays small. */
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { init, registerTheme, use as load } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { FONT, GROUND, type Mode } from "../theme/tokens";

load([
  BarChart, CustomChart, LineChart, SankeyChart, ScatterChart,
  AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent,
  SVGRenderer,
]);

function chartTheme(mode: Mode) {
  const ground = GROUND[mode];
  const axis = {
    axisLine: { lineStyle: { color: ground.line } },
    axisTick: { lineStyle: { color: ground.line } },
    axisLabel: { color: ground.muted },
    nameTextStyle: { color: ground.muted },
    splitLine: { lineStyle: { color: ground.line } },
  };
  return {
    color: [ground.primary, ground.muted],
    backgroundColor: "transparent",
    textStyle: { fontFamily: FONT, color: ground.text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: axis,
    legend: { textStyle: { color: ground.muted } },
    tooltip: {
      backgroundColor: ground.raised,
      borderColor: ground.line,
      textStyle: { color: ground.text, fontSize: 13 },
      extraCssText: "box-shadow: 0 4px 16px rgb(0 0 0 / 16%); max-width: 320px; white-space: normal;",
    },
  };
}

registerTheme("light", chartTheme("light"));
registerTheme("dark", chartTheme("dark"));

export { init };
