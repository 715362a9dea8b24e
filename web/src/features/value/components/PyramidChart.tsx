import { Tooltip } from "antd";
import { useState, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Grade } from "@/shared/api/types";
import { useWidth } from "@/shared/chart/useSize";
import { FONT } from "@/shared/theme/tokens";
import { useFormat, type Format } from "@/shared/format/useFormat";
import { useGradeName } from "@/shared/ui/Grade";
import type { Tier } from "../types";
import { asPath, pyramid, type TierShape } from "./geometry";
import styles from "./PyramidChart.module.css";
import { TierTip } from "./TierTip";

interface Props {
  tiers: Tier[];
  currency: string;
  label: string;
  /** Where a click on a tier leads; without it the tiers are no links. */
  link?: (grade: Grade) => string;
  /** Whether the bars of revenue stand beside it. */
  bars?: boolean;
  height?: number;
}

interface Layout {
  narrow: boolean;
  head: number;
  pyramid: number;
  text: number;
  bar: number;
  barWidth: number;
}

/** The two lines of words beside a tier need this height. */
const LABEL = 44;

/** Left to right: the pyramid, the words of each tier, the bar of its revenue. */
export function layoutOf(width: number, bars: boolean): Layout {
  const narrow = width < 560;
  const parts = bars ? (narrow ? [0.4, 0.31, 0.29] : [0.42, 0.24, 0.34]) : narrow ? [0.46, 0.54, 0] : [0.6, 0.4, 0];
  const [body = 0, words = 0, bar = 0] = parts.map((part) => part * width);
  const space = narrow ? 8 : 20;
  return { narrow, head: bars ? 30 : 6, pyramid: body, text: body + space, bar: body + words + space / 2, barWidth: Math.max(0, bar - space / 2 - 1) };
}

/** The customer value pyramid; beside each tier, at its height, the share of revenue it brings. */
export function PyramidChart({ tiers, currency, label, link, bars = true, height = 380 }: Props) {
  const { t } = useTranslation("value");
  const { box, width } = useWidth<HTMLDivElement>();
  const [over, setOver] = useState<Grade | null>(null);
  const layout = layoutOf(width, bars);
  const tall = layout.narrow ? Math.min(height, 262) : height;
  const body = tall - layout.head - 8;
  const shapes = pyramid(tiers.map((tier) => tier.customer_share), layout.pyramid, body, { least: Math.max(0.16, LABEL / body) });
  return (
    <div ref={box} className={styles.box}>
      <svg width={width} height={tall} viewBox={`0 0 ${width} ${tall}`} role="group" aria-label={label} fontFamily={FONT} className={styles.svg}>
        {bars && (
          <g fill="var(--jz-muted)" fontSize={layout.narrow ? 12 : 13}>
            <text x={0} y={16}>{t("pyramid.customers_of_grade")}</text>
            <text x={layout.bar} y={16}>{t("pyramid.share_of_revenue")}</text>
          </g>
        )}
        <g transform={`translate(0 ${layout.head})`}>
          {tiers.map((tier, index) => {
            const shape = shapes[index];
            if (!shape) return null;
            const row = { tier, shape, layout, bars, currency, dimmed: over !== null && over !== tier.grade };
            return (
              <TierLink key={tier.grade} tier={tier} currency={currency} to={link?.(tier.grade)} onOver={setOver}>
                <TierDrawing {...row} />
              </TierLink>
            );
          })}
        </g>
      </svg>
    </div>
  );
}

interface LinkProps {
  tier: Tier;
  currency: string;
  to: string | undefined;
  onOver: (grade: Grade | null) => void;
  children: React.ReactNode;
}

/** One tier as one link: everything about it can be pressed, hovered and reached by Tab. */
function TierLink({ tier, currency, to, onOver, children }: LinkProps) {
  const navigate = useNavigate();
  const sentence = useSentence(currency);
  const events = {
    onMouseEnter: () => onOver(tier.grade),
    onMouseLeave: () => onOver(null),
    onFocus: () => onOver(tier.grade),
    onBlur: () => onOver(null),
  };
  const follow = (event: MouseEvent) => {
    if (!to || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void navigate(to);
  };
  return (
    <Tooltip title={<TierTip tier={tier} currency={currency} />} placement="top" styles={{ container: { maxWidth: 320 } }}>
      {to ? (
        <a href={to} onClick={follow} className={styles.tier} {...events}>
          <desc>{sentence(tier)}</desc>
          {children}
        </a>
      ) : (
        <g role="img" aria-label={sentence(tier)} {...events}>
          {children}
        </g>
      )}
    </Tooltip>
  );
}

/** A tier in one sentence, for those who hear the picture. */
function useSentence(currency: string): (tier: Tier) => string {
  const { t } = useTranslation("value");
  const format = useFormat(currency);
  const name = useGradeName();
  return (tier) =>
    t("pyramid.sentence", {
      grade: name(tier.grade),
      customers: format.number(tier.customers),
      share: format.percent(tier.customer_share),
      revenue: format.moneyShort(tier.revenue),
      revenueShare: format.percent(tier.revenue_share),
    });
}

interface RowProps {
  tier: Tier;
  shape: TierShape;
  layout: Layout;
  bars: boolean;
  currency: string;
  dimmed: boolean;
}

function TierDrawing({ tier, shape, layout, bars, currency, dimmed }: RowProps) {
  const format = useFormat(currency);
  const name = useGradeName();
  const { narrow } = layout;
  const title = narrow ? 13 : 15;
  const small = narrow ? 11.5 : 13;
  const y = shape.middle;
  return (
    <g opacity={dimmed ? 0.45 : 1} className={styles.fade}>
      <rect x={0} y={y - 24} width={layout.bar + layout.barWidth} height={48} fill="transparent" />
      <path d={asPath(shape.front)} fill={`var(--grade-${tier.grade}-fill)`} />
      <path d={asPath(shape.side)} fill={`var(--grade-${tier.grade}-shade)`} />
      <line x1={shape.right + 4} x2={layout.text - 6} y1={y} y2={y} stroke="var(--jz-line)" strokeWidth={layout.text - shape.right > 14 ? 1 : 0} />
      <text x={layout.text} y={y - 4} fontSize={title} fontWeight={600} fill={`var(--grade-${tier.grade}-ink)`}>
        {name(tier.grade)}
        <Change tier={tier} format={format} size={small} />
      </text>
      <text x={layout.text} y={y + 15} fontSize={small} fill="var(--jz-text)" style={{ fontVariantNumeric: "tabular-nums" }}>
        {narrow && tier.customers >= 100_000 ? format.short(tier.customers) : format.number(tier.customers)}
        <tspan fill="var(--jz-muted)"> · {format.percent(tier.customer_share)}</tspan>
      </text>
      {bars && <RevenueBar tier={tier} y={y} layout={layout} format={format} small={small} />}
    </g>
  );
}

function Change({ tier, format, size }: { tier: Tier; format: Format; size: number }) {
  if (!tier.change) return null;
  const up = tier.change > 0;
  return (
    <tspan dx={8} fontSize={size} fontWeight={400} fill={up ? "var(--jz-up)" : "var(--jz-down)"}>
      {up ? "▲" : "▼"} {format.change(tier.change)}
    </tspan>
  );
}

interface BarProps {
  tier: Tier;
  y: number;
  layout: Layout;
  format: Format;
  small: number;
}

function RevenueBar({ tier, y, layout, format, small }: BarProps) {
  const share = Math.max(0, Math.min(1, tier.revenue_share));
  const thick = layout.narrow ? 15 : 20;
  return (
    <>
      <rect x={layout.bar} y={y - thick} width={layout.barWidth} height={thick} rx={2} fill="var(--jz-page)" stroke="var(--jz-line)" strokeWidth={0.5} />
      <rect x={layout.bar} y={y - thick} width={Math.max(share > 0 ? 1.5 : 0, share * layout.barWidth)} height={thick} rx={2} fill={`var(--grade-${tier.grade}-fill)`} />
      <text x={layout.bar} y={y + 15} fontSize={small} fill="var(--jz-text)" style={{ fontVariantNumeric: "tabular-nums" }}>
        {format.percent(tier.revenue_share)}
        {tier.revenue !== null && <tspan fill="var(--jz-muted)"> · {format.moneyShort(tier.revenue)}</tspan>}
      </text>
    </>
  );
}
