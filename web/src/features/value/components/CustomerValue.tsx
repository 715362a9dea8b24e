import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Sparkline } from "@/shared/chart/Sparkline";
import { useFormat } from "@/shared/format/useFormat";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState } from "@/shared/ui/states";
import { RelativeTime } from "@/shared/ui/values";
import { useCustomerValue } from "../api";
import type { CustomerValueAnswer, ExplainedIndicator } from "../types";
import { Contributions } from "./Contributions";
import styles from "./CustomerValue.module.css";
import { OverrideBar } from "../overrides/OverrideBar";
import { HistoryChart, makesLine } from "./HistoryChart";
import { RecordsDrawer } from "./RecordsDrawer";
import { ScoreScale } from "./ScoreScale";
import { useCauseName } from "./useCauseName";
import { WaterfallChart } from "./WaterfallChart";

/** For the head of a customer's page: grade, score, its line, and when and why it last moved. Follows news live. */
export function CustomerStanding({ customerId }: { customerId: number }) {
  const { t } = useTranslation("value");
  const cause = useCauseName();
  const value = useCustomerValue(customerId);
  if (!value.data) return null;
  const { grade, computed_grade, override, score, history, scored_at, cause: why } = value.data;
  const scores = history.map((entry) => entry.score).filter((one) => one !== null);
  return (
    <div className={styles.standing} aria-live="polite">
      <GradeBadge grade={grade} size="large" override={override && { ...override, approved_by: override.decided_by?.name ?? "" }} computed={computed_grade} />
      {score !== null && <Score value={score} grade={grade} size="large" />}
      {scores.length > 2 && <Sparkline values={scores.slice(-30)} least={5} label={t("history.label")} />}
      {scored_at && (
        <span className={styles.when}>
          {why && <>{cause(why)} · </>}
          <RelativeTime value={scored_at} />
        </span>
      )}
      <OverrideBar customerId={customerId} value={value.data} />
    </div>
  );
}

/** The value of one customer: its history, and why it is what it is, down to the records. */
export function CustomerValue({ customerId }: { customerId: number }) {
  const { t } = useTranslation("value");
  const value = useCustomerValue(customerId);
  return (
    <Loaded query={value} waiting={<Panel title={t("why.title")}><ChartSkeleton height={320} /></Panel>}>
      {(found) => {
        if (found.score === null || found.computed_grade === "prospect") {
          return (
            <Panel title={t("why.title")}>
              <EmptyState title={t("why.no_score")} why={t(found.computed_grade === "prospect" ? "why.prospect" : "why.no_run")} />
            </Panel>
          );
        }
        return (
          <div className={styles.blocks}>
            {makesLine(found.history) ? (
              <Panel>
                <HistoryChart value={found} />
              </Panel>
            ) : (
              <ScoreScale value={found} score={found.score} />
            )}
            <Why customerId={customerId} value={found} />
          </div>
        );
      }}
    </Loaded>
  );
}

function Why({ customerId, value }: { customerId: number; value: CustomerValueAnswer }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const [view, setView] = useState<"parts" | "waterfall">("parts");
  const [open, setOpen] = useState<ExplainedIndicator | null>(null);
  if (value.score === null || value.computed_grade === "prospect") return null;
  return (
    <Panel
      title={t("why.title")}
      extra={
        <Segmented
          aria-label={t("why.view")}
          value={view}
          onChange={setView}
          options={[
            { value: "parts", label: t("why.parts") },
            { value: "waterfall", label: t("why.against") },
          ]}
        />
      }
    >
      {view === "parts" ? (
        <Contributions indicators={value.indicators} grade={value.computed_grade} onOpen={setOpen} />
      ) : (
        <WaterfallChart indicators={value.indicators} score={value.score} grade={value.computed_grade} />
      )}
      <p className={styles.how}>{t("why.how", { score: format.score(value.score), date: format.date(value.as_of) })}</p>
      <RecordsDrawer customer={customerId} indicator={open} onClose={() => setOpen(null)} />
    </Panel>
  );
}
