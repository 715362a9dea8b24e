/**
 * Every colour with a meaning, defined once: read by the Ant Design theme, by CSS (as variables) and by the charts.
 *
 * A grade has a fill (large areas), an ink (text and small marks on the page's ground, AA) and a tint (ground of a
 * badge under that ink, AA).
 */
import { GRADES, type Grade } from "../api/types";

export type Mode = "light" | "dark";

interface GradeColour {
  fill: string;
  shade: string;
  ink: string;
  tint: string;
}

type Palette = Record<Grade, GradeColour>;

const light: Palette = {
  vip: { fill: "#C8912B", shade: "#A87619", ink: "#80590C", tint: "#FAF0DB" },
  important: { fill: "#2F6FDE", shade: "#2259B8", ink: "#1F58BD", tint: "#E6EFFD" },
  ordinary: { fill: "#2BA48A", shade: "#1F8570", ink: "#14705C", tint: "#E0F4EF" },
  small: { fill: "#8A94A6", shade: "#6F798B", ink: "#566072", tint: "#EDF0F4" },
};

const dark: Palette = {
  vip: { fill: "#C8912B", shade: "#9A6D1B", ink: "#E9BC67", tint: "#3A2E17" },
  important: { fill: "#2F6FDE", shade: "#2354A8", ink: "#86B1FA", tint: "#1A2B4B" },
  ordinary: { fill: "#2BA48A", shade: "#1E7A67", ink: "#62CFB7", tint: "#14352E" },
  small: { fill: "#8A94A6", shade: "#677083", ink: "#B4BDCB", tint: "#2B3039" },
};

export const GRADE_COLOURS: Record<Mode, Palette> = { light, dark };

interface Ground {
  primary: string;
  link: string;
  page: string;
  panel: string;
  raised: string;
  line: string;
  text: string;
  muted: string;
  up: string;
  down: string;
  focus: string;
  warning: string;
  chosen: string;
  upTint: string;
  downTint: string;
  warningTint: string;
}

export const GROUND: Record<Mode, Ground> = {
  light: {
    primary: "#27406B",
    link: "#27509B",
    page: "#F4F5F7",
    panel: "#FFFFFF",
    raised: "#FFFFFF",
    line: "#E3E6EB",
    text: "#1B2230",
    muted: "#5B6576",
    up: "#1E7B34",
    down: "#C0322B",
    focus: "#27509B",
    warning: "#8A5A00",
    chosen: "#E8EDF6",
    upTint: "#E6F4E9",
    downTint: "#FCEBEA",
    warningTint: "#FDF3DC",
  },
  dark: {
    primary: "#A9BFE8",
    link: "#A9C3F5",
    page: "#0F1217",
    panel: "#171B22",
    raised: "#1F242D",
    line: "#2C333E",
    text: "#E4E8EF",
    muted: "#9BA5B5",
    up: "#5CC878",
    down: "#FF8B83",
    focus: "#A9C3F5",
    warning: "#E6B450",
    chosen: "#26324A",
    upTint: "#16301D",
    downTint: "#3A1D1C",
    warningTint: "#362A12",
  },
};

export const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Helvetica Neue", Arial, sans-serif';

/** The colours of one mode as CSS custom properties (`--grade-vip-fill`, `--jz-line` …). */
export function cssVariables(mode: Mode): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const grade of GRADES) {
    for (const [part, colour] of Object.entries(GRADE_COLOURS[mode][grade])) variables[`--grade-${grade}-${part}`] = colour;
  }
  for (const [name, colour] of Object.entries(GROUND[mode])) variables[`--jz-${name}`] = colour;
  return variables;
}
