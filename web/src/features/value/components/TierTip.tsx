import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useGradeName } from "@/shared/ui/Grade";
import type { Tier } from "../types";
import styles from "./TierTip.module.css";

/** All figures of a tier, in full. */
export function TierTip({ tier, currency }: { tier: Tier; currency: string }) {
  const { t } = useTranslation("value");
  const format = useFormat(currency);
  const name = useGradeName();
  const lines: [string, string][] = [
    [t("tier.customers"), `${format.number(tier.customers)} · ${format.percent(tier.customer_share)}`],
    [t("tier.revenue"), `${format.money(tier.revenue, 0)} · ${format.percent(tier.revenue_share)}`],
    [t("tier.profit"), format.money(tier.profit, 0)],
    [t("tier.average_score"), format.score(tier.average_score)],
    [t("tier.lowest_score"), format.score(tier.lowest_score)],
  ];
  if (tier.moved_in !== undefined && tier.moved_in !== null) {
    lines.push([t("tier.moved"), t("tier.moved_in_out", { in: format.number(tier.moved_in), out: format.number(tier.moved_out) })]);
  }
  return (
    <div className={styles.tip}>
      <strong>{name(tier.grade)}</strong>
      <dl>
        {lines.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
