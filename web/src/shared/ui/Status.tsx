import type { ReactNode } from "react";
import type { JobState } from "../api/types";
import styles from "./Status.module.css";

export type Tone = "good" | "bad" | "busy" | "off";

/** A state in words with a mark before it; the mark's shape and colour only repeat what the words say. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`${styles.status} ${styles[tone]}`}>{children}</span>;
}

export const JOB_TONES: Record<JobState, Tone> = { waiting: "off", running: "busy", done: "good", failed: "bad", cancelled: "off" };
