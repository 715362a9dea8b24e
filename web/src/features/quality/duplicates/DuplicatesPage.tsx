import { SettingOutlined, SyncOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import type { Job } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useJobNews } from "@/shared/stream/stream";
import { PageHeader } from "@/shared/ui/PageHeader";
import { useFailed } from "@/shared/ui/useFailed";
import { RelativeTime } from "@/shared/ui/values";
import { isRunning, usePolicy, useRun, useSummary } from "../api";
import { DuplicateList } from "./DuplicateList";
import { PolicyDialog } from "./PolicyDialog";
import { addressOf } from "./tabs";

/** Customers that may be one: comparing all, the thresholds, and the groups found. */
export function Component() {
  const { t } = useTranslation("quality");
  const [params] = useSearchParams();
  const [setting, setSetting] = useState(false);
  const summary = useSummary();
  const policy = usePolicy();
  const mayMerge = useCan(CAN.merge);
  const maySet = useCan(CAN.manageSetup);
  const job = summary.data?.job;
  const tab = params.get("tab");
  if (tab !== null) return <Navigate replace to={addressOf(tab)} />;
  return (
    <>
      <DuplicateList
        summary={summary.data}
        header={({ count, tools }) => (
          <PageHeader
            title={t("duplicates.title")}
            count={count}
            about={job?.finished_at && job.state === "done" ? <>{t("duplicates.last")} <RelativeTime value={job.finished_at} /></> : t("duplicates.about")}
            actions={
              <>
                {tools}
                {maySet && policy.data && <Button icon={<SettingOutlined />} onClick={() => setSetting(true)}>{t("policy.open")}</Button>}
                {mayMerge && <RunButton job={job} />}
              </>
            }
          />
        )}
      />
      {setting && policy.data && <PolicyDialog policy={policy.data} onClose={() => setSetting(false)} />}
    </>
  );
}

function RunButton({ job }: { job: Job | null | undefined }) {
  const { t } = useTranslation("quality");
  const failed = useFailed();
  const run = useRun();
  const news = useJobNews(job?.id);
  const now = news ?? job;
  if (now && isRunning(now)) {
    return (
      <div role="status" style={{ minWidth: 220 }}>
        <span>{t(`step.${now.message || "waiting"}`, { defaultValue: t("step.waiting") })}</span>
        <Progress size="small" percent={now.total ? Math.round((100 * now.progress) / now.total) : 0} aria-label={t("duplicates.progress")} />
      </div>
    );
  }
  return (
    <Button type="primary" icon={<SyncOutlined />} loading={run.isPending} onClick={() => void run.mutateAsync().catch(failed)}>
      {t("duplicates.run")}
    </Button>
  );
}
