import { theme, type ThemeConfig } from "antd";
import { FONT, GROUND, type Mode } from "./tokens";

interface Wishes {
  /** No motion. */
  still?: boolean;
  /** For fingers instead of a mouse. */
  phone?: boolean;
}

/** What a finger hits without aiming, in px. */
const FINGER = 40;

/** Ant Design's theme of one mode: neutral, so that colour is left to grades and states. */
export function antdTheme(mode: Mode, { still = false, phone = false }: Wishes = {}): ThemeConfig {
  const ground = GROUND[mode];
  return {
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      motion: !still,
      ...(phone && { controlHeight: FINGER, controlHeightSM: FINGER }),
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 6,
      colorPrimary: ground.primary,
      colorInfo: ground.primary,
      colorLink: ground.link,
      colorText: ground.text,
      colorTextSecondary: ground.muted,
      colorTextTertiary: ground.muted,
      colorTextDescription: ground.muted,
      colorTextPlaceholder: ground.muted,
      colorBgLayout: ground.page,
      colorBgContainer: ground.panel,
      colorBgElevated: ground.raised,
      colorBorderSecondary: ground.line,
      colorSuccess: ground.up,
      colorError: ground.down,
      colorWarning: ground.warning,
      colorPrimaryBg: ground.chosen,
      colorInfoBg: ground.chosen,
      colorSuccessBg: ground.upTint,
      colorErrorBg: ground.downTint,
      colorWarningBg: ground.warningTint,
      controlItemBgActive: ground.chosen,
      controlItemBgActiveHover: ground.chosen,
      wireframe: false,
    },
    components: {
      Layout: { headerBg: ground.panel, siderBg: ground.panel, headerHeight: 52, headerPadding: phone ? "0 8px" : "0 16px" },
      Menu: { itemHeight: phone ? FINGER : 36, groupTitleColor: ground.muted, groupTitleFontSize: 12, itemSelectedBg: ground.chosen, itemSelectedColor: ground.primary },
      Table: { cellPaddingBlockMD: 9, headerSplitColor: "transparent" },
      Slider: { trackBg: ground.primary, trackHoverBg: ground.primary, handleColor: ground.primary, railBg: ground.line, railHoverBg: ground.line },
      Card: { headerFontSize: 15, bodyPadding: 16, headerPadding: 16 },
      Button: mode === "dark" ? { primaryColor: "#10151F", dangerColor: "#10151F" } : {},
    },
  };
}
