import { RedoOutlined } from "@ant-design/icons";
import { Alert, Button, Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { GRADES, type Grade } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { useCan } from "@/shared/session/session";
import { CAN } from "@/shared/session/permissions";
import { Failure } from "@/shared/ui/Failure";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText, NumberText } from "@/shared/ui/values";
import { usePyramid, useRepeatRun, useRun } from "../api";
import { GradeTable } from "../components/GradeTable";
import { PyramidChart } from "../components/PyramidChart";
import { useIndicatorLabel } from "../components/useIndicatorLabel";
import { RunStateMark } from "../components/RunState";
import type { RunDetail } from "../types";
import { totalSeconds } from "./RunsPage";
import styles from "./RunPage.module.css";

/** One run: what went in, how long each part took, what came out; it can be repeated. */
export function Component() {
  const { t } = useTranslation("value");
  const id = Number(useParams().runId);
  const run = useRun(id);
  const label = useLabel();
  return (
    <Loaded query={run} waiting={<PageSkeleton />}>
      {(found) => (
        <>
          <PageHeader
            before={<Link to="/value/runs">{t("runs.title")}</Link>}
            title={t("runs.number", { id })}
            count={<RunStateMark run={found} />}
            about={t("runs.of_version", { model: label(found.model.name), version: found.version.number })}
            actions={<Repeat run={found} />}
          />
          {found.error && <Alert type="error" showIcon title={t("run.failed")} description={<Failure of={found} />} className={styles.alert} />}
          <LeftOut run={found} />
          <div className={styles.columns}>
            <Facts run={found} />
            {found.state === "done" && <Result run={found} />}
          </div>
        </>
      )}
    </Loaded>
  );
}

/** Indicators that told nobody apart, whose weight the others took over. */
function LeftOut({ run }: { run: RunDetail }) {
  const { t } = useTranslation(["value", "shared"]);
  const indicatorLabel = useIndicatorLabel();
  if (run.left_out.length === 0) return null;
  const names = run.left_out.map(indicatorLabel).join(t("shared:filter.join"));
  return <Alert type="info" showIcon title={t("run.left_out", { names })} description={t("run.left_out_why")} className={styles.alert} />;
}

function Repeat({ run }: { run: RunDetail }) {
  const { t } = useTranslation("value");
  const failed = useFailed();
  const navigate = useNavigate();
  const may = useCan(CAN.runScoring);
  const repeat = useRepeatRun();
  // eslint-disable-next-line house/no-callbacks-of-mutate -- who left the page meanwhile is not taken from where they are
  const again = () => repeat.mutate(run.id, { onSuccess: (made) => void navigate(`/value/runs/${made.id}`), onError: failed });
  if (!may || run.state !== "done") return null;
  return (
    <Button
      icon={<RedoOutlined />}
      loading={repeat.isPending}
      onClick={again}
    >
      {t("run.repeat")}
    </Button>
  );
}

const COUNTS = ["customers", "scored", "prospects", "sales"];
const STEPS = ["lake", "export", "values", "scales", "scores", "total"];

/** The entries in the order people expect; those the server added since come last. */
function inOrder(order: string[], entries: Record<string, number | null> | null | undefined): [string, number | null][] {
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.entries(entries ?? {}).sort(([a], [b]) => place(a) - place(b));
}

function Facts({ run }: { run: RunDetail }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const word = (kind: "count" | "step", key: string) => t(`run.${kind}.${key}`, { defaultValue: key.replaceAll("_", " ") });
  return (
    <Panel title={t("run.facts")}>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, lg: 4 }}
        items={[
          { key: "as_of", label: t("runs.as_of"), children: format.date(run.as_of) },
          { key: "by", label: t("runs.by"), children: run.by ?? t("runs.system") },
          { key: "started", label: t("runs.started"), children: <DateTimeText value={run.started_at} /> },
          { key: "took", label: t("runs.took"), children: format.seconds(totalSeconds(run)) },
          ...inOrder(COUNTS, run.counts).filter(([key]) => !GRADES.includes(key as Grade)).map(([key, value]) => ({ key, label: word("count", key), children: <NumberText value={value} /> })),
          ...inOrder(STEPS, run.seconds).filter(([key]) => key !== "run").map(([key, value]) => ({ key: `s-${key}`, label: word("step", key), children: format.seconds(value) })),
        ]}
      />
    </Panel>
  );
}

function Result({ run }: { run: RunDetail }) {
  const { t } = useTranslation("value");
  const pyramid = usePyramid(run.model.id, run.id);
  if (!pyramid.data) return null;
  return (
    <Panel title={t("run.result")} extra={<Link to={`/?model=${run.model.id}&run=${run.id}`}>{t("run.open_pyramid")}</Link>}>
      <PyramidChart tiers={pyramid.data.grades} currency={pyramid.data.currency} label={t("run.result")} height={300} />
      <GradeTable tiers={pyramid.data.grades} currency={pyramid.data.currency} label={t("run.result")} />
    </Panel>
  );
}
