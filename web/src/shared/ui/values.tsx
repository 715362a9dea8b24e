/** Figures in the text of a page. */
import { Tooltip } from "antd";
import { useEffect, useState } from "react";
import { UNKNOWN, formatRelative, toNumber, type Maybe } from "../format/format";
import { useFormat } from "../format/useFormat";
import styles from "./values.module.css";

interface FigureProps {
  value: Maybe;
  digits?: number;
  currency?: string;
}

export function NumberText({ value, digits = 0 }: FigureProps) {
  return <span className={styles.figure}>{useFormat().number(value, digits)}</span>;
}

export function Money({ value, digits = 2, currency }: FigureProps) {
  return <span className={styles.figure}>{useFormat(currency).money(value, digits)}</span>;
}

/** A short amount; the full one on hover. */
export function MoneyShort({ value, currency }: FigureProps) {
  const format = useFormat(currency);
  return (
    <Tooltip title={format.money(value)}>
      <span className={styles.figure}>{format.moneyShort(value)}</span>
    </Tooltip>
  );
}

export function Percent({ value, digits = 1 }: FigureProps) {
  return <span className={styles.figure}>{useFormat().percent(value, digits)}</span>;
}

/** A change: arrow, sign and colour, never colour alone. */
export function Delta({ value, digits = 0 }: FigureProps) {
  const format = useFormat();
  const number = toNumber(value);
  if (number === null) return <span className={styles.figure}>{UNKNOWN}</span>;
  if (number === 0) return <span className={`${styles.figure} ${styles.same}`}>0</span>;
  return (
    <span className={`${styles.figure} ${number > 0 ? styles.up : styles.down}`}>
      <span aria-hidden>{number > 0 ? "▲" : "▼"} </span>
      {format.change(number, digits)}
    </span>
  );
}

export function DateText({ value }: { value: string | null | undefined }) {
  return <span className={styles.figure}>{useFormat().date(value)}</span>;
}

export function DateTimeText({ value }: { value: string | null | undefined }) {
  return <span className={styles.figure}>{useFormat().dateTime(value)}</span>;
}

/** "3 minutes ago", the exact moment on hover; keeps up with the clock. */
export function RelativeTime({ value }: { value: string | null | undefined }) {
  const format = useFormat();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!value) return <span>{UNKNOWN}</span>;
  return (
    <Tooltip title={format.dateTime(value)}>
      <time dateTime={value}>{formatRelative(value, now, format.language)}</time>
    </Tooltip>
  );
}
