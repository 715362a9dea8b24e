import { DatePicker } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { STAGES } from "@/shared/api/types";
import { Link } from "react-router";
import { useCompanyDay } from "@/shared/format/companyDay";
import { useFormat } from "@/shared/format/useFormat";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState } from "@/shared/ui/states";
import { useLifecycle, type StageFigures, type StageMove } from "./api";
import styles from "./lifecycle.module.css";

/** How many customers stand at each stage of their life, how they moved, and the stages' key figures. */
export function Component() {
  const { t } = useTranslation("customers");
  const today = useCompanyDay();
  const [period, setPeriod] = useState<[Dayjs, Dayjs]>([today.subtract(1, "year"), today]);
  const found = useLifecycle(period[0].format("YYYY-MM-DD"), period[1].add(1, "day").format("YYYY-MM-DD"));
  return (
    <>
      <PageHeader
        title={t("life.title")}
        about={t("life.about")}
        actions={<DatePicker.RangePicker aria-label={t("life.period")} allowClear={false} value={period} onChange={(days) => days?.[0] && days[1] && setPeriod([days[0], days[1]])} />}
      />
      <Loaded query={found} waiting={<ChartSkeleton height={300} />}>
        {(known) =>
          known.stages.length === 0 ? (
            <EmptyState title={t("life.none")} why={t("life.none_why")} />
          ) : (
            <>
              <Funnel stages={known.stages} moves={known.moves} />
              <KeyFigures stages={known.stages} moves={known.moves} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface Props {
  stages: StageFigures[];
  moves: StageMove[];
}

const address = (stage: string) => `/customers?filter=${encodeURIComponent(JSON.stringify({ all: [{ field: "stage", op: "in", value: [stage] }] }))}`;
const sum = (moves: StageMove[], fits: (one: StageMove) => boolean) => moves.filter(fits).reduce((total, one) => total + one.customers, 0);

function Funnel({ stages, moves }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const all = stages.reduce((total, one) => total + one.customers, 0);
  const most = Math.max(...stages.map((one) => one.customers), 1);
  return (
    <Panel title={t("life.stages")}>
      <ul className={styles.funnel}>
        {STAGES.map((stage) => {
          const count = stages.find((one) => one.stage === stage)?.customers ?? 0;
          const [came, went] = [sum(moves, (one) => one.now === stage), sum(moves, (one) => one.was === stage)];
          return (
            <li key={stage} className={styles.row}>
              <Link to={address(stage)}>{t(`shared:stage.${stage}`)}</Link>
              <span className={styles.track}>
                <div className={styles.bar} style={{ width: `${(count / most) * 100}%` }} />
                {came + went > 0 && <span className={styles.under}>{t("life.moved", { came: format.number(came), went: format.number(went) })}</span>}
              </span>
              <span className={styles.count}>
                {format.number(count)} <span className={styles.under}>{format.percent(all ? count / all : null)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function KeyFigures({ stages, moves }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const of = (stage: string) => stages.find((one) => one.stage === stage);
  const share = (part: number | undefined, whole: number | undefined) => (part !== undefined && whole ? part / whole : null);
  const [customer, member, fan] = [of("customer"), of("member"), of("fan")];
  // Null where the role keeps amounts back.
  const amount = customer?.amount ? Number(customer.amount) : undefined;
  const converted = sum(moves, (one) => one.was === "prospect" && one.now === "customer");
  const blocks: [string, [string, string][]][] = [
    ["customer", [
      ["coverage", format.percent(share(customer?.contacted, customer?.customers))],
      ["conversion", format.percent(share(converted, (of("prospect")?.customers ?? 0) + converted))],
      ["average_order", format.money(share(amount, customer?.orders))],
    ]],
    ["member", [
      ["frequency", format.number(share(member?.orders, member?.customers), 1)],
      ["cross_sell", format.number(share(member?.products, member?.with_products), 1)],
      ["points", "–"],
    ]],
    ["fan", [
      ["interactions", format.number(share(fan?.interactions, fan?.customers), 1)],
      ["participation", format.percent(share(fan?.contacted, fan?.customers))],
      ["referrals", format.number(fan?.referrals ?? null)],
    ]],
  ];
  return (
    <div className={styles.grid}>
      {blocks.map(([stage, figures]) => (
        <Panel key={stage} title={t(`shared:stage.${stage}`)}>
          <dl className={styles.figures}>
            {figures.map(([code, value]) => (
              <div key={code} className={styles.figure}>
                <dt title={t(`life.why.${code}`)}>{t(`life.figure.${code}`)}<br /><span className={styles.under}>{t(`life.why.${code}`)}</span></dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      ))}
    </div>
  );
}
