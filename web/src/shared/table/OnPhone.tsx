import type { ReactNode } from "react";
import styles from "./OnPhone.module.css";

/** Beneath a row's name on a phone: what its other columns, left out there, would say. */
export function OnPhone({ children }: { children: ReactNode }) {
  return <div className={styles.line}>{children}</div>;
}
