import { PushpinFilled } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Standing } from "../api/types";
import { UNKNOWN } from "../format/format";
import { useFormat } from "../format/useFormat";
import styles from "./Grade.module.css";

/** The name of a grade in the person's language. */
export function useGradeName(): (grade: Standing) => string {
  const { t } = useTranslation("shared");
  return useCallback((grade) => t(`grade.${grade}`), [t]);
}

/** A colleague's decision that stands above the computed grade. */
export interface Overridden {
  reason: string;
  until: string;
  approved_by: string;
}

interface BadgeProps {
  grade: Standing | null | undefined;
  size?: "small" | "large";
  /** Why it is not the computed one, and which that is. */
  override?: Overridden | null;
  computed?: string | null;
}

/** A grade in its colour, with its name; a prospect is outlined, one set by hand bears a pin. */
export function GradeBadge({ grade, size = "small", override, computed }: BadgeProps) {
  const name = useGradeName();
  if (!grade) return <span>{UNKNOWN}</span>;
  const badge = `${styles.badge} ${styles[grade]} ${size === "large" ? styles.large : ""}`;
  if (!override) return <span className={badge}>{name(grade)}</span>;
  return (
    <Tooltip title={<Why override={override} computed={computed as Standing | undefined} />}>
      <span className={badge}>
        {name(grade)} <PushpinFilled aria-hidden className={styles.pin} />
        <span className="visually-hidden"><Why override={override} computed={computed as Standing | undefined} /></span>
      </span>
    </Tooltip>
  );
}

function Why({ override, computed }: { override: Overridden; computed?: Standing | null }) {
  const { t } = useTranslation("shared");
  const name = useGradeName();
  const format = useFormat();
  return (
    <>
      {t("override.reason", { reason: override.reason })}
      <br />
      {t("override.until", { date: format.date(override.until), name: override.approved_by })}
      {computed && <><br />{t("override.computed", { grade: name(computed) })}</>}
    </>
  );
}

/** A small square in a grade's colour, for legends and tables; says nothing by itself. */
export function GradeDot({ grade }: { grade: Standing }) {
  return <span aria-hidden className={`${styles.dot} ${styles[grade]}`} />;
}

interface ScoreProps {
  value: number | null | undefined;
  grade?: Standing | null;
  size?: "small" | "large";
}

/** A score of 0–100 with a thin bar beneath in the grade's colour. */
export function Score({ value, grade, size = "small" }: ScoreProps) {
  const format = useFormat();
  if (value === null || value === undefined) return <span>{UNKNOWN}</span>;
  return (
    <span className={`${styles.score} ${grade ? styles[grade] : ""} ${size === "large" ? styles.largeScore : ""}`}>
      <span>{format.score(value)}</span>
      <span aria-hidden className={styles.track}>
        <span className={styles.fill} style={{ width: `${Math.max(0, Math.min(100, value))}%` }} />
      </span>
    </span>
  );
}
