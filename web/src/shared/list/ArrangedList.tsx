import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Grid } from "antd";
import { useMemo, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../api/request";
import type { Field, Page } from "../api/types";
import { FilterBar } from "../filter/FilterBar";
import { isDirect, NO_FILTER } from "../filter/filter";
import { isQuick, QuickChoice } from "../filter/QuickChoice";
import { useFormat } from "../format/useFormat";
import { useLabel } from "../i18n/i18n";
import { ColumnChooser } from "../table/ColumnChooser";
import { shownFields } from "../table/columns";
import { DataTable, type DataColumn } from "../table/DataTable";
import { fieldColumns } from "../table/fieldColumns";
import type { Column } from "../table/layout";
import { useCursor } from "../table/useCursor";
import { EmptyState, ErrorState, TableSkeleton } from "../ui/states";
import { NumberText } from "../ui/values";
import { useView } from "../views/useView";
import { ViewTabs } from "../views/ViewTabs";
import { useChoice, type Choice } from "./useChoice";
import { useListFields } from "./useListFields";
import { Groups } from "./Groups";
import { GroupSelect } from "./GroupSelect";
import { useGrouping } from "./useGrouping";
import { useListKeys } from "./useListKeys";
import { useListState } from "./useListState";

interface Row {
  id: number;
  name?: string;
}

interface Words {
  title: string;
  /** The tab of the list without a view. */
  all: string;
  search: string;
  none: string;
  noneWhy: string;
  notFound: string;
}

interface Props<T extends Row> {
  /** The list, as the server knows it: its declared fields and its saved views. */
  kind: string;
  /** What the page knows of the fields beyond their declaration, such as words of their choices; one and the same function each time. */
  declare?: (fields: Field[]) => Field[];
  /** Where a page of it is asked for; its number of rows under `/count`, where there is one. */
  path: string;
  counted?: boolean;
  /** Its groups are asked for under `/groups`. */
  grouped?: boolean;
  /** What else is asked of the path, whatever the list is narrowed to. */
  asked?: Record<string, string>;
  queryKey: readonly string[];
  /** Missing where there is one order only. */
  usualSort?: string;
  words: Words;
  /** The choices asked most: boxes beside the search. */
  quick?: string[];
  icon?: ReactNode;
  header: (parts: { count: ReactNode; tools: ReactNode }) => ReactNode;
  /** How single fields are drawn instead of as text, and how wide they are. */
  render: Partial<Record<string, (row: T) => ReactNode>>;
  width: Partial<Record<string, number>>;
  /** The columns on a phone, and what can be done with a row. */
  phone: DataColumn<T>[];
  actions?: DataColumn<T>;
  /** Missing where a row opens nothing. */
  open?: (row: T) => void;
  /** What the key C begins; missing for those who may not. */
  create?: { label: string; run: () => void };
  /** What is offered for the rows chosen; without it none is. */
  chosen?: (choice: Choice) => ReactNode;
}

const USUAL_WIDTH = 130;
const NONE: never[] = [];

/** A list of declared fields: saved views, filter, search, columns, keys; everything it shows is in the address. */
export function ArrangedList<T extends Row>(props: Props<T>) {
  const { kind, declare, path, counted = false, grouped = false, asked, queryKey, usualSort = null, words, quick = NONE, icon, header, phone: narrow, actions, open, create, chosen } = props;
  const { t } = useTranslation("shared");
  const list = useListState(usualSort);
  const { declared, fields } = useListFields(kind, declare);
  const grouping = useGrouping({ path, queryKey, list, fields: grouped ? fields : NONE, asked });
  const { inside, opened } = grouping;
  const rows = useQuery({ queryKey: [...queryKey, "list", inside.query], queryFn: ({ signal }) => get<Page<T>>(path, { ...asked, ...inside.query }, signal), placeholderData: keepPreviousData, enabled: grouping.rows });
  const count = useQuery({ queryKey: [...queryKey, "count", list.scope], queryFn: ({ signal }) => get<{ count: number }>(`${path}/count`, { ...asked, ...list.scope }, signal), enabled: counted }).data?.count;
  const view = useView(kind, list, fields, usualSort);
  const { columns: layout, put, onWiden, onMove } = view;
  const shown = useMemo(() => shownFields(fields, layout), [fields, layout]);
  const onPhone = Grid.useBreakpoint().md === false;
  const wide = useColumns(shown, layout, props);
  const items = view.settled ? rows.data?.items : undefined;
  const found = (grouping.rows && items) || NONE;
  const total = opened ? opened.count : count;
  const box = useRef<HTMLDivElement>(null);
  const cursor = useCursor<T>(box, found, NONE);
  const choice = useChoice<T>(found, total, inside.scope);
  useListKeys<T>({ cursor, open, choose: chosen && choice.toggle, create });

  if (declared.error && !declared.data) return <ErrorState error={declared.error} retry={() => void declared.refetch()} />;
  const narrowed = list.q !== "" || list.filter.conditions.length > 0;
  return (
    <>
      {header({ count: count !== undefined && <NumberText value={count} />, tools: <>{grouped && <GroupSelect fields={fields} list={list} />}{!onPhone && <ColumnChooser fields={fields} columns={layout} onChange={put} />}</> })}
      <ViewTabs kind={kind} views={view.views} current={view.view} changed={view.changed} content={view.content} allLabel={words.all} onOpen={view.open} />
      <FilterBar fields={fields} list={list} searchLabel={words.search} shownByChildren={(condition) => isDirect(list.filter) && quick.some((code) => isQuick(code, condition))}>
        {fields.filter((field) => quick.includes(field.code)).map((field) => <QuickChoice key={field.code} field={field} list={list} />)}
      </FilterBar>
      {chosen && choice.some && chosen(choice)}
      {declared.data ? (
        <Groups label={t("groups.of", { list: words.title })} grouping={grouping} list={list}>
          <div ref={box}>
            <DataTable<T>
              label={words.title}
              rowKey="id"
              columns={[...(onPhone ? narrow : wide), ...(actions ? [onPhone ? actions : { ...actions, fixed: "right" as const }] : [])]}
              rows={items}
              list={inside}
              count={total}
              fill={!opened}
              loading={rows.isPlaceholderData}
              error={rows.error}
              retry={() => void rows.refetch()}
              layout={onPhone ? undefined : { onWiden, onMove }}
              rowSelection={chosen && choice.boxes}
              empty={
                narrowed ? (
                  <EmptyState title={words.notFound} why={t("list.not_found_why")} action={<Button onClick={() => list.set({ q: "", filter: NO_FILTER })}>{t("list.show_all")}</Button>} />
                ) : (
                  <EmptyState title={words.none} why={words.noneWhy} icon={icon} />
                )
              }
            />
          </div>
        </Groups>
      ) : (
        <TableSkeleton rows={12} />
      )}
    </>
  );
}

function useColumns<T extends Row>(shown: Field[], layout: Column[], { render, width }: Pick<Props<T>, "render" | "width">): DataColumn<T>[] {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const widths = Object.fromEntries(shown.map(({ code }) => [code, layout.find((column) => column.code === code)?.width ?? width[code] ?? USUAL_WIDTH]));
  const columns = fieldColumns<T>(shown, { format, label, words: { yes: t("yes"), no: t("no") }, render, width: widths });
  return columns.map((column) => (column.key === "name" ? { ...column, fixed: "left" as const } : column));
}
