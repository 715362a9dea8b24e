import { Space, Tag } from "antd";
import type { ColumnType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { useCan } from "@/shared/session/session";
import { CAN } from "@/shared/session/permissions";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState } from "@/shared/ui/states";
import { NumberText, RelativeTime } from "@/shared/ui/values";
import { useRuns } from "../api";
import { ModelSwitch, useChosenModel } from "../components/ModelSwitch";
import { RunDialog } from "../components/RunDialog";
import { RunStateMark } from "../components/RunState";
import type { Run } from "../types";
import { ScrollTable } from "@/shared/table/ScrollTable";

export const totalSeconds = (run: Run): number | null => {
  if (run.started_at && run.finished_at) return (Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000;
  return null;
};

/** Every run of a model: when, on which version, how many customers, how it ended. */
export function Component() {
  const { t } = useTranslation("value");
  const { models, model, choose } = useChosenModel();
  const runs = useRuns(model?.id);
  const may = useCan(CAN.runScoring);
  return (
    <>
      <PageHeader
        title={t("runs.title")}
        about={t("runs.about")}
        actions={
          model && (
            <>
              <ModelSwitch models={models.data ?? []} model={model} choose={choose} />
              {may && <RunDialog model={model} />}
            </>
          )
        }
      />
      <Panel>
        <LoadedPages query={runs} none={<EmptyState title={t("runs.none")} why={t("pyramid.not_yet_why")} />}>
          {(items) => (
            <>
              <RunTable runs={items} />
              <LoadMore query={runs} />
            </>
          )}
        </LoadedPages>
      </Panel>
    </>
  );
}

function RunMarks({ run }: { run: Run }) {
  const { t } = useTranslation("value");
  return (
    <Space size={6}>
      <RunStateMark run={run} />
      {run.in_force && <Tag variant="outlined">{t("runs.in_force")}</Tag>}
      {!run.takes_force && <Tag variant="outlined">{t("runs.look_back")}</Tag>}
    </Space>
  );
}

function RunTable({ runs }: { runs: Run[] }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const label = useLabel();
  const right = { align: "right" as const };
  const columns: ColumnType<Run>[] = [
    { title: t("runs.run"), key: "id", render: (_, run) => <Link to={`/value/runs/${run.id}`}>{t("runs.number", { id: run.id })}</Link> },
    { title: t("runs.model"), key: "model", render: (_, run) => t("runs.of_version", { model: label(run.model.name), version: run.version.number }) },
    { title: t("runs.as_of"), key: "as_of", render: (_, run) => format.date(run.as_of) },
    { title: t("runs.state"), key: "state", render: (_, run) => <RunMarks run={run} /> },
    { ...right, title: t("runs.customers"), key: "customers", render: (_, run) => <NumberText value={run.counts?.scored ?? run.counts?.customers} /> },
    { ...right, title: t("runs.took"), key: "took", render: (_, run) => format.seconds(totalSeconds(run)) },
    { title: t("runs.by"), key: "by", render: (_, run) => run.by ?? t("runs.system") },
    { title: t("runs.started"), key: "started", render: (_, run) => <RelativeTime value={run.started_at} /> },
  ];
  return <ScrollTable<Run> aria-label={t("runs.title")} size="middle" rowKey="id" columns={columns} dataSource={runs} pagination={false} scroll={{ x: "max-content" }} />;
}
