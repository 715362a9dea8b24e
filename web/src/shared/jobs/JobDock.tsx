import { CloseOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { get } from "../api/request";
import type { Job } from "../api/types";
import { useFormat } from "../format/useFormat";
import { useLabel } from "../i18n/i18n";
import { Failure } from "../ui/Failure";
import { useFailed } from "../ui/useFailed";
import styles from "./JobDock.module.css";
import { reasonsOf, type LeftOut } from "./leftOut";
import { breakingAddress, warnedOf } from "./warned";
import { cancelJob, forgetJob, isOver, paceOf, undoChanges, useWatchedJobs, watchJob, type Watched } from "./watched";

const STAYS = 20_000;
/** So many of those left out are named. */
const NAMED = 5;

/** The work in progress, at the lower edge of every page: how far, how fast, how long still; and undo once it is done. */
export function JobDock() {
  const { t } = useTranslation("shared");
  const all = useWatchedJobs();
  if (all.length === 0) return null;
  return (
    <section className={styles.dock} aria-label={t("jobs.region")}>
      {all.slice(0, 4).map((one) => (
        <JobCard key={one.job.id} watched={one} />
      ))}
    </section>
  );
}

/** The job as it stands: news of it arrive in the same place; asked for again in case they do not. */
function useJob(started: Job): { job: Job; at: number } {
  const job = useQuery({
    queryKey: ["jobs", started.id],
    queryFn: () => get<Job>(`/jobs/${started.id}`),
    initialData: started,
    initialDataUpdatedAt: 0,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : 2_000),
  });
  return { job: job.data, at: job.dataUpdatedAt };
}

function JobCard({ watched }: { watched: Watched }) {
  const { t } = useTranslation("shared");
  const { job, at } = useJob(watched.job);
  const over = isOver(job);
  const told = useRef(false);
  const { onEnd } = watched;
  const [held, setHeld] = useState(false);
  const toBeRead = job.state === "failed" || Number(job.result?.refused_count ?? 0) > 0 || warnedOf(job.result).length > 0;
  useEffect(() => {
    if (!over || told.current) return;
    told.current = true;
    onEnd?.(job);
  }, [over, job, onEnd]);
  useEffect(() => {
    if (!over || held || toBeRead) return undefined;
    const timer = setTimeout(() => forgetJob(job.id), STAYS);
    return () => clearTimeout(timer);
  }, [over, held, toBeRead, job.id]);
  return (
    <div className={styles.card} role="status" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <div className={styles.head}>
        <span className={styles.title}>{over ? <Outcome job={job} watched={watched} /> : watched.title}</span>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("jobs.hide")} onClick={() => forgetJob(job.id)} />
      </div>
      {over ? <After job={job} watched={watched} /> : <Going job={job} at={at} title={watched.title} />}
    </div>
  );
}

function Outcome({ job, watched }: { job: Job; watched: Watched }) {
  const { t } = useTranslation("shared");
  if (job.state === "failed") return <>{t("jobs.failed", { what: watched.title })}</>;
  if (job.state === "cancelled") return <>{t("jobs.cancelled", { what: watched.title })}</>;
  return <>{watched.done?.(job.result ?? {}) ?? t("jobs.done", { what: watched.title })}</>;
}

function Going({ job, at, title }: { job: Job; at: number; title: string }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const pace = paceOf(job, at);
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id) });
  const percent = job.total ? Math.min(100, Math.floor((100 * job.progress) / job.total)) : undefined;
  const parts = [
    job.total ? t("jobs.of", { done: format.number(job.progress), total: format.number(job.total) }) : t(`job.${job.state}`),
    pace && t("jobs.rate", { rate: format.number(pace.rate) }),
    pace?.left != null && t("jobs.left", { time: format.seconds(pace.left) }),
  ];
  return (
    <>
      <Progress percent={percent ?? 0} status="active" size="small" showInfo={percent !== undefined} aria-label={title} />
      <div className={styles.foot}>
        <span>{parts.filter(Boolean).join(" · ")}</span>
        <Button size="small" loading={cancel.isPending} disabled={cancel.isSuccess} onClick={() => cancel.mutate()}>
          {t("action.cancel")}
        </Button>
      </div>
    </>
  );
}

function After({ job, watched }: { job: Job; watched: Watched }) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const failed = useFailed();
  const result = job.result ?? {};
  const changeSet = typeof result.change_set === "number" ? result.change_set : null;
  const undo = useMutation({
    mutationFn: (id: number) => undoChanges(id),
    onSuccess: (started) => {
      forgetJob(job.id);
      watchJob({ job: started, title: t("jobs.undoing"), done: (undone) => t("jobs.undone", { count: Number(undone.undone ?? 0) }), onEnd: watched.onEnd });
    },
    onError: failed,
  });
  const refused = Number(result.refused_count ?? 0);
  const conflicts = Number(result.conflicts ?? 0);
  const reasons = reasonsOf(Array.isArray(result.refused) ? (result.refused as LeftOut[]) : [], label);
  const named = (names: string[]) => names.slice(0, NAMED).join(t("error.between_names")) + (names.length > NAMED ? t("jobs.and_more", { count: names.length - NAMED }) : "");
  const undoable = watched.undoable !== false && changeSet !== null && Number(result.changed ?? 0) > 0;
  if (job.state === "failed") return <div className={styles.failed}><Failure of={job} /></div>;
  const warned = warnedOf(job.result);
  if (!undoable && refused === 0 && conflicts === 0 && warned.length === 0) return null;
  return (
    <div className={styles.foot}>
      <span>
        {refused > 0 && t("jobs.refused", { count: refused })}
        {reasons.length > 0 && <ul className={styles.reasons}>{reasons.map(({ words, names }) => <li key={words}>{words} <strong>{named(names)}</strong></li>)}</ul>}
        {warned.length > 0 && (
          <>
            {t("jobs.warned")}
            <ul className={styles.reasons}>{warned.map(({ rule, words, count }) => <li key={rule}>{label(words)} <Link to={breakingAddress(rule)}>{t("jobs.warned_customers", { count })}</Link></li>)}</ul>
          </>
        )}
        {conflicts > 0 && <Link to={changeSet === null ? "/changes" : `/changes?conflicts=${changeSet}`}>{t("jobs.conflicts", { count: conflicts })}</Link>}
      </span>
      {undoable && (
        <Button size="small" type="primary" ghost loading={undo.isPending} onClick={() => undo.mutate(changeSet)}>
          {t("jobs.undo")}
        </Button>
      )}
    </div>
  );
}
