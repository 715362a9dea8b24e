/** What a page shows when there is nothing, when it failed, and while it waits. */
import { LockOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ADMINISTRATORS } from "../api/queryClient";
import { ApiError } from "../api/request";
import type { ErrorDetail } from "../api/types";
import { formatDate } from "../format/format";
import { type Language, useLanguage } from "../i18n/i18n";
import styles from "./states.module.css";

interface EmptyProps {
  title: string;
  why?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  /** It stands in place of the whole page: its title is the page's. */
  page?: boolean;
}

/** One sentence why, one button what to do. */
export function EmptyState({ title, why, action, icon, page = false }: EmptyProps) {
  const Title = page ? "h1" : "p";
  return (
    <div className={styles.empty}>
      {icon ?? <EmptyPyramid />}
      <Title className={styles.title}>{title}</Title>
      {why && <p className={styles.why}>{why}</p>}
      {action}
    </div>
  );
}

function EmptyPyramid() {
  return (
    <svg aria-hidden width="72" height="60" viewBox="0 0 72 60" fill="none" stroke="var(--jz-muted)" strokeDasharray="3 3">
      <path d="M36 4 4 56h64zM28.5 16h15M21 29h30M12.500 42h47" />
    </svg>
  );
}

/** The words for an error, by its code; the server's sentence when we have none. What is not allowed says who can grant it. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation("shared");
  const client = useQueryClient();
  const whoGrants = useWhoGrants();
  return (error) => {
    if (!(error instanceof ApiError)) return t("error.unexpected");
    const words = t(`error.${error.code}`, { defaultValue: error.message || t("error.unexpected") });
    // The names are looked up when they are said: the refused call asked for them after this was drawn.
    return error.code === "forbidden" ? t("error.refused", { words, who: whoGrants(client.getQueryData(ADMINISTRATORS.queryKey)) }) : words;
  };
}

/** Who can grant what a role lacks, by name as far as known. */
function useWhoGrants(): (administrators: { name: string }[] | undefined) => string {
  const { t } = useTranslation("shared");
  return (administrators) => {
    const names = administrators?.slice(0, 5).map((one) => one.name).join(t("error.between_names"));
    return names ? t("error.who_grants_named", { names }) : t("error.who_grants");
  };
}

/** The words for one detail of an error; what a company worded itself comes in both languages. */
export function useDetailText(): (detail: ErrorDetail) => string {
  const { t } = useTranslation("shared");
  const language = useLanguage();
  return ({ code, params, message }) => t(`detail.${code}`, { ...withDays(params, language), words: params?.[language], defaultValue: message });
}

/** Days among the values of a detail are said as days are everywhere. */
const withDays = (params: ErrorDetail["params"], language: Language) =>
  Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDate(value, language) : value]));

/** Sentences that name their field themselves, as the company wrote them. */
const NAMED_IN_WORDS = ["entry_rule"];

/** Where and what, line by line; a place without words of its own as the API calls it. */
export function ErrorDetails({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation("shared");
  const text = useDetailText();
  // A part of a filter is called by the filter: which condition it is stands in the words that follow.
  const place = (where: string) => {
    const known = where.startsWith("filter.") ? "filter" : where;
    return i18n.exists(`shared:where.${known}`) ? t(`where.${known as "file"}`) : <code>{where}</code>;
  };
  if (!(error instanceof ApiError) || error.details.length === 0) return null;
  return (
    <ul className={styles.details}>
      {error.details.slice(0, 20).map((detail, index) => (
        <li key={index}>
          {detail.where && !NAMED_IN_WORDS.includes(detail.code) && place(detail.where)} {text(detail)}
        </li>
      ))}
    </ul>
  );
}

interface ErrorProps {
  error: unknown;
  retry?: () => void;
}

/** What happened, and what to do next; nothing typed is lost by it. */
export function ErrorState({ error, retry }: ErrorProps) {
  const { t } = useTranslation("shared");
  const text = useErrorText();
  if (error instanceof ApiError && error.status === 403) return <NoPermission />;
  if (error instanceof ApiError && error.status === 404) return <NotThere error={error} />;
  return (
    <div role="alert" className={styles.empty}>
      <h2 className={styles.title}>{text(error)}</h2>
      <p className={styles.why}>{t("error.safe")}</p>
      <ErrorDetails error={error} />
      {retry && <Button onClick={retry}>{t("action.retry")}</Button>}
    </div>
  );
}

/** Asking again would not help: the way back does. */
function NotThere({ error }: { error: ApiError }) {
  const { t } = useTranslation("shared");
  const text = useErrorText();
  return <EmptyState page title={text(error)} action={<Button onClick={() => history.back()}>{t("action.back")}</Button>} />;
}

/** Says who can grant it. */
export function NoPermission() {
  const { t } = useTranslation("shared");
  const administrators = useQuery(ADMINISTRATORS);
  const whoGrants = useWhoGrants();
  return <EmptyState page title={t("error.forbidden")} why={whoGrants(administrators.data)} icon={<LockOutlined style={{ fontSize: 40 }} />} />;
}

/** The shape of a table while it loads. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation("shared");
  return (
    <div role="status" aria-label={t("state.loading")} className={styles.lines}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton.Input key={index} active block size="small" />
      ))}
    </div>
  );
}

/** The shape of a panel with a picture while it loads. */
export function ChartSkeleton({ height = 260 }: { height?: number }) {
  const { t } = useTranslation("shared");
  return (
    <div role="status" aria-label={t("state.loading")} style={{ height }}>
      <Skeleton.Node active style={{ width: "100%", height }} styles={{ root: { width: "100%" } }} />
    </div>
  );
}

/** The shape of a page while its code arrives; `outside` of the frame it keeps its own distance from the edges. */
export function PageSkeleton({ outside = false }: { outside?: boolean }) {
  return (
    <div className={`${styles.lines} ${outside ? styles.outside : ""}`}>
      <Skeleton active title={{ width: 240 }} paragraph={{ rows: 1 }} />
      <ChartSkeleton height={360} />
    </div>
  );
}
