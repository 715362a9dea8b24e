import { Button, Typography } from "antd";
import { Trans, useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { ApiError } from "@/shared/api/request";
import { Figure } from "@/shared/chart/Figure";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { Loaded } from "@/shared/ui/Loaded";
import { useGradeName } from "@/shared/ui/Grade";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState, ErrorState } from "@/shared/ui/states";
import { RelativeTime } from "@/shared/ui/values";
import { usePyramid } from "../api";
import { GradeTable } from "../components/GradeTable";
import { customersOfGrade } from "../components/links";
import { ModelSwitch, useChosenModel } from "../components/ModelSwitch";
import { ParetoChart } from "../components/ParetoChart";
import { PyramidChart } from "../components/PyramidChart";
import { RunButton } from "../components/RunButton";
import type { ModelSummary, PyramidAnswer } from "../types";
import { MovementPanel } from "./MovementPanel";
import styles from "./PyramidPage.module.css";

/** The home page: the pyramid, what it is made of, and who moved. */
export function Component() {
  const { t } = useTranslation("value");
  const { models, model, choose } = useChosenModel();
  const [params] = useSearchParams();
  const run = Number(params.get("run")) || null;
  const pyramid = usePyramid(model?.id, run);
  const none = models.data?.length === 0;
  return (
    <>
      <PageHeader
        title={t("pyramid.title")}
        about={pyramid.data?.run && <About answer={pyramid.data} />}
        actions={
          model && (
            <>
              <ModelSwitch models={models.data ?? []} model={model} choose={choose} />
              <RunButton model={model.id} />
            </>
          )
        }
      />
      {models.error && <ErrorState error={models.error} retry={() => void models.refetch()} />}
      {none && <EmptyState title={t("pyramid.no_model")} why={t("pyramid.no_model_why")} />}
      {model && <Body model={model} pyramid={pyramid} />}
      {models.isPending && <Waiting />}
    </>
  );
}

function Body({ model, pyramid }: { model: ModelSummary; pyramid: ReturnType<typeof usePyramid> }) {
  const { t } = useTranslation("value");
  if (pyramid.error instanceof ApiError && pyramid.error.status === 404) return <NotYet />;
  return (
    <Loaded query={pyramid} waiting={<Waiting />}>
      {(answer) => {
        if (!answer.run) return <NotYet />;
        if (answer.prospects === 0 && answer.grades.every((tier) => tier.customers === 0)) return <NoneOfMine />;
        const link = (grade: Parameters<typeof customersOfGrade>[0]) => customersOfGrade(grade, model.population);
        return (
          <div className={styles.grid}>
            <Panel className={styles.wide}>
              <PyramidFigure answer={answer} link={link} />
              <Prospects answer={answer} to={link("prospect")} />
            </Panel>
            <Panel>
              <ParetoChart pareto={answer.pareto} height={360} />
            </Panel>
            <Panel className={styles.full} title={t("pyramid.by_grade")}>
              <GradeTable tiers={answer.grades} currency={answer.currency} label={t("pyramid.by_grade")} link={link} />
            </Panel>
            <MovementPanel model={model.id} run={answer.run.id} asOf={answer.run.as_of} className={styles.full} />
          </div>
        );
      }}
    </Loaded>
  );
}

function PyramidFigure({ answer, link }: { answer: PyramidAnswer; link: Parameters<typeof PyramidChart>[0]["link"] }) {
  const { t } = useTranslation("value");
  const format = useFormat(answer.currency);
  const name = useGradeName();
  const label = useLabel();
  const title = `${t("pyramid.title")} · ${label(answer.model.name)} · ${format.date(answer.run.as_of)}`;
  const table = {
    columns: [
      { title: t("tier.grade") },
      { title: t("tier.customers"), numeric: true },
      { title: t("tier.customer_share"), numeric: true },
      { title: t("tier.revenue"), numeric: true },
      { title: t("tier.revenue_share"), numeric: true },
    ],
    rows: answer.grades.map((tier) => [
      name(tier.grade), format.number(tier.customers), format.percent(tier.customer_share), format.money(tier.revenue, 0), format.percent(tier.revenue_share),
    ]),
  };
  return (
    <Figure label={title} title={label(answer.model.name)} table={table}>
      <PyramidChart tiers={answer.grades} currency={answer.currency} label={title} link={link} />
    </Figure>
  );
}

function Prospects({ answer, to }: { answer: PyramidAnswer; to: string }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  if (!answer.prospects) return null;
  return (
    <Typography.Text type="secondary">
      <Trans t={t} i18nKey="pyramid.prospects" values={{ customers: format.number(answer.prospects) }} components={{ to: <Link to={to} className={styles.inText} /> }} />
    </Typography.Text>
  );
}

function About({ answer }: { answer: PyramidAnswer }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const customers = answer.grades.reduce((sum, tier) => sum + tier.customers, 0);
  return (
    <>
      {t("pyramid.about", { date: format.date(answer.run.as_of), customers: format.number(customers), version: answer.version.number })}{" "}
      <RelativeTime value={answer.run.finished_at} />
      {answer.stale > 0 && <> · {t("pyramid.rescored", { customers: format.number(answer.stale) })}</>}
      {answer.overridden > 0 && <> · <Link to="/value/overrides" className={styles.inText}>{t("pyramid.overridden", { customers: format.number(answer.overridden) })}</Link></>}
    </>
  );
}

/** Graded were others: who begins here has no customers yet. */
function NoneOfMine() {
  const { t } = useTranslation("value");
  return (
    <Panel>
      <EmptyState
        title={t("pyramid.none_of_mine")}
        why={t("pyramid.none_of_mine_why")}
        action={
          <Link to="/customers">
            <Button type="primary">{t("pyramid.to_customers")}</Button>
          </Link>
        }
      />
    </Panel>
  );
}

function NotYet() {
  const { t } = useTranslation("value");
  return (
    <Panel>
      <EmptyState
        title={t("pyramid.not_yet")}
        why={t("pyramid.not_yet_why")}
        action={
          <Link to="/imports">
            <Button>{t("pyramid.import")}</Button>
          </Link>
        }
      />
    </Panel>
  );
}

function Waiting() {
  return (
    <div className={styles.grid}>
      <Panel className={styles.wide}>
        <ChartSkeleton height={400} />
      </Panel>
      <Panel>
        <ChartSkeleton height={400} />
      </Panel>
    </div>
  );
}
