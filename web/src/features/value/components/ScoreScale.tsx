import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useGradeName } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { DateTimeText } from "@/shared/ui/values";
import type { CustomerValueAnswer } from "../types";
import { knownBounds } from "./HistoryChart";
import styles from "./ScoreScale.module.css";
import { useCauseName } from "./useCauseName";

const MOST = 5;

/** Where the score stands among the grades, how far the next one is, and what moved it so far: while there is too little history for a line. */
export function ScoreScale({ value, score }: { value: CustomerValueAnswer; score: number }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const name = useGradeName();
  const cause = useCauseName();
  const bands = knownBounds(value.bounds);
  const next = bands.find((band) => band.from > score);
  const entries = value.history.slice(-MOST).reverse();
  return (
    <Panel title={t("scale_of.title")}>
      <div className={styles.scale} role="img" aria-label={t("scale_of.label", { score: format.score(score) })}>
        {bands.map(({ grade, from, to }) => (
          <span key={grade} className={styles.band} style={{ width: `${to - from}%`, background: `var(--grade-${grade}-fill)` }} />
        ))}
        <span className={styles.mark} style={{ left: `${score}%` }}><span className={styles.figure}>{format.score(score)}</span></span>
      </div>
      <ul className={styles.bounds}>
        {bands.map(({ grade, from, to }) => (
          <li key={grade} style={{ color: `var(--grade-${grade}-ink)` }}>{name(grade)} <span className={styles.muted}>{format.score(from)}–{format.score(to)}</span></li>
        ))}
      </ul>
      {next && <p className={styles.next}>{t("scale_of.next", { points: format.score(next.from - score), grade: name(next.grade) })}</p>}
      {entries.length > 0 && (
        <ul className={styles.entries}>
          {entries.map((entry) => (
            <li key={entry.at}>
              <DateTimeText value={entry.at} /> <strong>{format.score(entry.score)}</strong> <span className={styles.muted}>{cause(entry.cause)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
