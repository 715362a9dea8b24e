import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef } from "react";
import { useThemeMode } from "../theme/ThemeProvider";

interface Props {
  label: string;
  option: EChartsCoreOption;
  height?: number;
  onClick?: (event: { name: string; dataIndex: number; data: unknown; seriesName?: string; dataType?: string }) => void;
}

/** An ECharts picture that follows theme and size; put it into a Figure, which holds the table behind it. */
export function Chart({ label, option, height = 260, onClick }: Props) {
  const { mode } = useThemeMode();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef({ option, onClick });

  useEffect(() => {
    latest.current = { option, onClick };
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
  }, [option, onClick]);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import("./echarts").then(({ init }) => {
      if (gone) return;
      const made = init(element, mode, { renderer: "svg" });
      chart.current = made;
      made.setOption({ animation: false, ...latest.current.option }, { notMerge: true });
      made.on("click", (event) => latest.current.onClick?.(event as never));
      observer = new ResizeObserver(() => made.resize());
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [mode]);

  return <div ref={box} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
