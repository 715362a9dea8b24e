import { Button, Popconfirm, Progress } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Job } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { Status } from "@/shared/ui/Status";
import { TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { isActive, useDemo, useDemoChange, useJob, type DemoPart } from "../api";
import styles from "../integration.module.css";

/** The two demo data sets: load, remove, whose they are. */
export function Component() {
  const { t } = useTranslation("integration");
  const demo = useDemo();
  return (
    <>
      <PageHeader title={t("demo.title")} about={t("demo.about")} />
      <Loaded query={demo} waiting={<TableSkeleton rows={4} />}>
        {(found) => (
          <div className={styles.cards}>
            {found.parts.map((part) => (
              <Part key={part.code} part={part} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

/** The job that works on a part; when it ends, the parts are looked at again. */
function useWork(part: DemoPart) {
  const client = useQueryClient();
  const [watched, setWatched] = useState(part.job_id);
  const id = part.job_id ?? watched;
  const job = useJob(id).data ?? null;
  const state = job?.state;
  useEffect(() => {
    if (state && !isActive(state)) void client.invalidateQueries({ queryKey: ["integration", "demo"] });
  }, [state, client]);
  return { job, watch: (started: Job) => setWatched(started.id) };
}

function Part({ part }: { part: DemoPart }) {
  const { t } = useTranslation(["integration", "shared"]);
  const label = useLabel();
  const failed = useFailed();
  const change = useDemoChange();
  const { job, watch } = useWork(part);
  const busy = change.isPending || (job !== null && isActive(job.state));
  const run = (load: boolean) => void change.mutateAsync({ code: part.code, load }).then(watch, failed);
  return (
    <Panel title={label(part.name)} extra={busy ? <Status tone="busy">{t("shared:state.working")}</Status> : <Status tone={part.installed ? "good" : "off"}>{part.installed ? t("demo.installed") : t("demo.absent")}</Status>}>
      <p className={styles.about}>{t(`demo.part.${part.code}`)}</p>
      {part.installed && (
        <p className={styles.about}>
          <Link to="/customers">
            <NumberText value={part.customers} /> {t("demo.customers")}
          </Link>
        </p>
      )}
      {job && isActive(job.state) && <Work job={job} />}
      {job?.state === "failed" && <p role="alert" className={styles.reason}>{job.error || t("demo.failed")}</p>}
      {part.installed ? (
        <Popconfirm title={t("demo.remove_title")} description={t("demo.remove_why")} okText={t("demo.remove")} okButtonProps={{ danger: true }} onConfirm={() => run(false)}>
          <Button danger disabled={busy} loading={busy}>
            {t("demo.remove")}
          </Button>
        </Popconfirm>
      ) : (
        <Button type="primary" disabled={busy} loading={busy} onClick={() => run(true)}>
          {t("demo.load")}
        </Button>
      )}
      <p className={styles.licence}>{part.licence}</p>
    </Panel>
  );
}

function Work({ job }: { job: Job }) {
  const { t } = useTranslation("integration");
  const share = job.total ? Math.min(100, Math.floor((job.progress / job.total) * 100)) : null;
  return (
    <div role="status" className={styles.about}>
      <Progress percent={share ?? 100} showInfo={share !== null} status="active" size="small" aria-label={t("demo.working")} />
      <span className={styles.hint}>{t("demo.working")}</span>
    </div>
  );
}
