import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { StageCode } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import type { TimelineItem } from "../api";
import styles from "../customers.module.css";

interface Props {
  item: TimelineItem;
}

const words = (item: TimelineItem) => item.detail as Record<string, string>;

/** Whose the customer became, or that it went to the pool. */
export function OwnerEntry({ item }: Props) {
  const { t } = useTranslation("customers");
  const { owner, reason } = words(item);
  const fell = item.kind === "ownership_end";
  const why = fell ? t(`owners.ends.${reason as "released"}`) : t(`owners.reasons.${reason as "given"}`, { by: item.by === "system" ? t("trash.system") : item.by });
  return (
    <>
      <span className={styles.kind}>{t(fell ? "timeline.owner_until" : "timeline.ownership")}</span>
      {owner} · {why}
      {item.title && <div className={styles.under}>{item.title}</div>}
    </>
  );
}

export function StageEntry({ item }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const { was, now } = words(item);
  const name = (stage?: string) => (stage ? t(`shared:stage.${stage as StageCode}`, { defaultValue: stage }) : "–");
  return (
    <>
      <span className={styles.kind}>{t("timeline.stage")}</span>
      {was !== now && <>{name(was)} <span aria-hidden>→</span> </>}{name(now)}
      {item.detail.by_rule === true && <span className={styles.under}> · {t("timeline.by_rule")}</span>}
      {item.title && <div className={styles.under}>{item.title}</div>}
    </>
  );
}

/** What became of a duty: kept, made good after it was missed, missed, or excused. */
export function DutyEntry({ item }: Props) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { item: what, due_on, missed_on, owner } = words(item);
  const became = item.kind === "duty_missed" ? "missed" : item.kind === "duty_excused" ? "excused" : missed_on ? "late" : "kept";
  return (
    <>
      <span className={styles.what}>
        <span className={styles.kind}>{t("timeline.duty")}</span>
        {t(`timeline.duty_item.${what as "visit"}`)} <Tag color={became === "missed" ? "error" : became === "kept" ? "success" : undefined}>{t(`timeline.duty_state.${became}`)}</Tag>
      </span>
      <div className={styles.under}>{[t("timeline.duty_due", { date: format.date(due_on) }), owner !== item.by && owner, item.title].filter(Boolean).join(" · ")}</div>
    </>
  );
}
