/** What was asked of the server: its shape while it comes, what went wrong, the sentence when there is nothing, or the thing itself. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState, TableSkeleton } from "./states";
import styles from "./states.module.css";

/** The part of a query that is needed here. What is old stays on the page while newer is fetched, and when that fails. */
interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface Props<Asking, Data> {
  query: Asking;
  /** The shape of what comes. */
  waiting?: ReactNode;
  /** Instead of an empty list. */
  none?: ReactNode;
  children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ query, waiting = <TableSkeleton />, none, children }: Props<Asked<Data>, Data>) {
  const { data, error, refetch } = query;
  if (data === undefined) return error ? <ErrorState error={error} retry={() => void refetch()} /> : waiting;
  if (none !== undefined && Array.isArray(data) && data.length === 0) return none;
  return children(data);
}

type Paged<Item> = Asked<{ pages: { items: Item[] }[] }>;

/** The same for what is fetched page by page: the items of all pages so far. */
export function LoadedPages<Item>({ query, waiting, none, children }: Props<Paged<Item>, Item[]>) {
  const { data, error, refetch } = query;
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Loaded query={{ data: items, error, refetch }} waiting={waiting} none={none}>
      {children}
    </Loaded>
  );
}

interface Continued {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Beneath a list that goes on. */
export function LoadMore({ query }: { query: Continued }) {
  const { t } = useTranslation("shared");
  if (!query.hasNextPage) return null;
  return (
    <div className={styles.more}>
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("action.load_more")}</Button>
    </div>
  );
}
