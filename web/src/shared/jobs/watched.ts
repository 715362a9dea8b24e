/** Long work that was started on this page: shown in the dock until it is closed, also after going to another page. */
import { useSyncExternalStore } from "react";
import { post } from "../api/request";
import type { Job } from "../api/types";

export interface Watched {
  job: Job;
  /** What is being done: "Assigning 1,200 customers". */
  title: string;
  /** What was done, from the job's result. */
  done?: (result: Record<string, unknown>) => string;
  /** Called once when it ended, however it did. */
  onEnd?: (job: Job) => void;
  /** It can be taken back, by a change set in its result. */
  undoable?: boolean;
}

let watched: Watched[] = [];
const watching = new Set<() => void>();

function change(next: Watched[]): void {
  watched = next;
  watching.forEach((tell) => tell());
}

/** Shows a job in the dock; the newest stands on top. */
export function watchJob(one: Watched): void {
  change([one, ...watched.filter(({ job }) => job.id !== one.job.id)]);
}

export function forgetJob(id: number): void {
  change(watched.filter(({ job }) => job.id !== id));
}

const watch = (tell: () => void) => {
  watching.add(tell);
  return () => void watching.delete(tell);
};

export const useWatchedJobs = (): Watched[] => useSyncExternalStore(watch, () => watched);

export const isOver = (job: Pick<Job, "state">): boolean => job.state !== "waiting" && job.state !== "running";

export const cancelJob = (id: number) => post<void>(`/jobs/${id}/cancel`);

/** Starts taking a change set back. */
export const undoChanges = (changeSet: number) => post<Job>(`/change-sets/${changeSet}/undo`);

/** How fast a job goes, and how long it will still take, in seconds; null while nobody can tell. */
export function paceOf(job: Pick<Job, "started_at" | "progress" | "total">, now: number): { rate: number; left: number | null } | null {
  if (!job.started_at || job.progress <= 0) return null;
  const seconds = (now - new Date(job.started_at).getTime()) / 1000;
  if (seconds < 1) return null;
  const rate = job.progress / seconds;
  return { rate, left: job.total === null ? null : Math.max(0, job.total - job.progress) / rate };
}
