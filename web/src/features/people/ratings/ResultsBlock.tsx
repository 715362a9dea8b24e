import { Select, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "@/shared/chart/Chart";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { GROUND } from "@/shared/theme/tokens";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import styles from "../person/person.module.css";
import { useResults, type DutyResult, type RoundResult } from "./api";

const MARKS = [5, 4, 3, 2, 1];

/** What internal customers say of a person over the quarters; for the person and those above. */
export function ResultsBlock({ personId }: { personId: number }) {
  const { t } = useTranslation("people");
  const results = useResults(personId);
  return (
    <Panel title={t("rating.results")}>
      <Loaded query={results} waiting={<Skeleton active paragraph={{ rows: 5 }} />} none={<p className={styles.none}>{t("rating.no_results")}</p>}>
        {(found) => <Results rounds={found} />}
      </Loaded>
    </Panel>
  );
}

function Results({ rounds }: { rounds: RoundResult[] }) {
  const { t } = useTranslation("people");
  const [place, setPlace] = useState(rounds.length - 1);
  const chosen = rounds[place] ?? rounds[0];
  const name = ({ year, quarter }: RoundResult) => t("rating.quarter", { year, quarter });
  return (
    <div className={styles.results}>
      <p className={styles.hint}>{t("rating.who_sees")}</p>
      {rounds.length > 1 && <Course rounds={rounds} name={name} />}
      <Select aria-label={t("rating.round")} style={{ width: 180 }} value={place} onChange={setPlace} options={rounds.map((one, value) => ({ value, label: name(one) })).reverse()} />
      {chosen?.duties.map((one) => <Result key={one.held_id} one={one} />)}
    </div>
  );
}

function Course({ rounds, name }: { rounds: RoundResult[]; name: (one: RoundResult) => string }) {
  const { t } = useTranslation("people");
  const { mode } = useThemeMode();
  const format = useFormat();
  const label = t("rating.course");
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      xAxis: { type: "category" as const, data: rounds.map((one) => `${one.year} Q${one.quarter}`) },
      yAxis: { type: "value" as const, min: 1, max: 5, interval: 1 },
      tooltip: { trigger: "axis", valueFormatter: (value: unknown) => format.number(value as number | null, 1) },
      series: [{ type: "line", name: t("rating.average"), data: rounds.map((one) => one.average), symbolSize: 7, lineStyle: { color: GROUND[mode].primary }, itemStyle: { color: GROUND[mode].primary } }],
    }),
    [rounds, format, mode, t],
  );
  const table = { columns: [{ title: t("rating.round") }, { title: t("rating.average"), numeric: true }], rows: rounds.map((one) => [name(one), format.number(one.average, 1)]) };
  return <Figure label={label} title={label} table={table}><Chart label={label} option={option} height={180} /></Figure>;
}

function Result({ one }: { one: DutyResult }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const most = Math.max(1, ...one.marks);
  return (
    <section className={styles.result} aria-label={one.duty}>
      <div className={styles.resultHead}>
        <strong>{one.duty}</strong>
        <span className={styles.hint}>{t("rating.answered", { answered: one.answered, asked: one.asked })}</span>
        {one.shown && <span className={styles.average}>{format.number(one.average, 1)}</span>}
      </div>
      {one.shown ? (
        <>
          <div className={styles.marks}>
            {MARKS.map((mark) => {
              const count = one.marks[mark - 1] ?? 0;
              return (
                <Mark key={mark} mark={t("rating.mark", { mark })} count={format.number(count)} share={count / most} />
              );
            })}
          </div>
          {one.comments.length > 0 && (
            <ul className={styles.comments} aria-label={t("rating.comments")}>
              {one.comments.map((comment, index) => <li key={index}>{comment}</li>)}
            </ul>
          )}
        </>
      ) : (
        <p className={styles.hint}>{t("rating.too_few")}</p>
      )}
    </section>
  );
}

function Mark({ mark, count, share }: { mark: string; count: string; share: number }) {
  return (
    <>
      <span>{mark}</span>
      <span className={styles.track} aria-hidden><span className={styles.fill} style={{ width: `${100 * share}%` }} /></span>
      <span>{count}</span>
    </>
  );
}
