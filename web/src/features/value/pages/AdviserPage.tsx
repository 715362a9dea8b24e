import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiError } from "@/shared/api/request";
import { useFormat, type Format } from "@/shared/format/useFormat";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState } from "@/shared/ui/states";
import { Loaded } from "@/shared/ui/Loaded";
import { useAdvice } from "../api";
import { ModelSwitch, useChosenModel } from "../components/ModelSwitch";
import { ParetoChart } from "../components/ParetoChart";
import type { Advice, Condition, Pareto } from "../types";
import styles from "./AdviserPage.module.css";

/** Should this company grade at all? Three conditions, measured on its own data. */
export function Component() {
  const { t } = useTranslation("value");
  const format = useFormat();
  const { models, model, choose } = useChosenModel();
  const advice = useAdvice(model?.id);
  const missing = advice.error instanceof ApiError && advice.error.status === 404;
  return (
    <>
      <PageHeader
        title={t("adviser.title")}
        about={advice.data ? t("adviser.about", { date: format.date(advice.data.as_of) }) : t("adviser.what")}
        actions={model && <ModelSwitch models={models.data ?? []} model={model} choose={choose} />}
      />
      {missing || models.data?.length === 0 ? (
        <Panel>
          <EmptyState title={t("adviser.no_data")} why={t("adviser.no_data_why")} action={<Link to="/imports">{t("pyramid.import")}</Link>} />
        </Panel>
      ) : (
        <Loaded query={advice} waiting={<Panel><ChartSkeleton height={360} /></Panel>}>
          {(found) => <Body advice={found} format={format} />}
        </Loaded>
      )}
    </>
  );
}

function paretoOf(advice: Advice): Pareto {
  if (!Array.isArray(advice.pareto)) return advice.pareto;
  return { points: advice.pareto, top20_revenue_share: advice.top20_revenue_share, gini: advice.gini };
}

function Body({ advice, format }: { advice: Advice; format: Format }) {
  const { t } = useTranslation("value");
  return (
    <div className={styles.page}>
      <Panel>
        <p className={styles.verdict}>{t(`adviser.verdict.${advice.verdict}`)}</p>
        <p className={styles.next}>{t(`adviser.next.${advice.verdict}`)}</p>
        <ol className={styles.conditions}>
          {advice.conditions.map((condition) => (
            <ConditionRow key={condition.code} condition={condition} format={format} />
          ))}
        </ol>
      </Panel>
      <Panel>
        <ParetoChart pareto={paretoOf(advice)} height={340} />
      </Panel>
    </div>
  );
}

/** A measured figure in words: shares as percent, the rest as numbers. */
function figure(code: string, value: number | null, format: Format): string {
  return /share|rate|ratio/.test(code) ? format.percent(value) : format.number(value, 2);
}

function ConditionRow({ condition, format }: { condition: Condition; format: Format }) {
  const { t } = useTranslation("value");
  const { code, met, measured, threshold } = condition;
  return (
    <li className={styles.condition}>
      <span className={met ? styles.met : styles.unmet}>
        {met ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}
        <span className={styles.state}>{t(met ? "adviser.met" : "adviser.unmet")}</span>
      </span>
      <div>
        <h2>{t(`adviser.condition.${code}`)}</h2>
        <p>{t(`adviser.why.${code}`)}</p>
        <dl>
          {Object.entries(measured).map(([key, value]) => (
            <div key={key}>
              <dt>{t(`adviser.measure.${key}`, { defaultValue: key.replaceAll("_", " ") })}</dt>
              <dd>
                {figure(key, value, format)}
                {threshold[key] !== undefined && <span> {t("adviser.needed", { value: figure(key, threshold[key], format) })}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </li>
  );
}
