import { Typography } from "antd";
import { useEffect, type ReactNode } from "react";
import styles from "./layout.module.css";

interface Props {
  title: string;
  count?: ReactNode;
  about?: ReactNode;
  before?: ReactNode;
  actions?: ReactNode;
}

/** Title with its count, one line about it, and the page's actions; also names the browser tab. */
export function PageHeader({ title, count, about, before, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Jinzita`;
  }, [title]);
  return (
    <header className={styles.header}>
      <div className={styles.heading}>
        {before}
        <Typography.Title level={1} className={styles.title} title={title}>
          {title}
          {count !== undefined && count !== null && <span className={styles.count}>{count}</span>}
        </Typography.Title>
        {about && <div className={styles.about}>{about}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A block of a page with its own heading. */
export function Panel({ title, extra, children, className }: PanelProps) {
  return (
    <section className={`${styles.panel} ${className ?? ""}`}>
      {(title || extra) && (
        <div className={styles.panelHead}>
          {title && <h2 className={styles.panelTitle}>{title}</h2>}
          {extra && <div className={styles.actions}>{extra}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
