import { MergeCellsOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { useMemo, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { FilterBar } from "@/shared/filter/FilterBar";
import { isDirect, NO_FILTER } from "@/shared/filter/filter";
import { isQuick } from "@/shared/filter/QuickChoice";
import { useKeys } from "@/shared/keys/keys";
import { useListFields } from "@/shared/list/useListFields";
import { useListKeys } from "@/shared/list/useListKeys";
import { useListState } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ColumnChooser } from "@/shared/table/ColumnChooser";
import { shownFields } from "@/shared/table/columns";
import { useCursor } from "@/shared/table/useCursor";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { useView } from "@/shared/views/useView";
import { ViewTabs } from "@/shared/views/ViewTabs";
import { useDecide, useGroupCount, useGroups, type Group, type MatchState, type Summary } from "../api";
import styles from "./duplicates.module.css";
import { comparisonOf, GroupPanel, stateOf } from "./GroupPanel";
import { TABS, tabOf, toTab, type Tab } from "./tabs";
import { useMergeAsProposed } from "./useMergeAsProposed";

const USUAL_SORT = "-probability";
const SORTS = ["-probability", "probability", "-found_at", "-decided_at"] as const;
// What a pair is asked; of the customers everything else is told, and may be a column.
const OF_PAIR = ["verdict", "state", "probability", "found_at", "decided_by", "decided_at"];
const NONE: Group[] = [];

interface Props {
  summary: Summary | undefined;
  header: (parts: { count: ReactNode; tools: ReactNode }) => ReactNode;
}

/** Customers that may be one, in groups, with the reasons and what to do; everything it shows is in the address. */
export function DuplicateList({ summary, header }: Props) {
  const { t } = useTranslation(["quality", "shared"]);
  const list = useListState(USUAL_SORT);
  const { fields } = useListFields("duplicates");
  const columns = useMemo(() => fields.filter(({ code }) => !OF_PAIR.includes(code)), [fields]);
  const view = useView("duplicates", list, columns, USUAL_SORT);
  const shown = useMemo(() => shownFields(columns, view.columns), [columns, view.columns]);
  const mayMerge = useCan(CAN.merge);
  const asked = useMemo(() => ({ ...list.scope, sort: list.sort }), [list.scope, list.sort]);
  const groups = useGroups(asked);
  const count = useGroupCount(list.scope).data?.count;
  const found = useMemo(() => groups.data?.pages.flatMap((page) => page.items) ?? NONE, [groups.data]);
  const box = useRef<HTMLDivElement>(null);
  const work = useGroupWork();
  useGroupKeys(box, found, mayMerge, work);

  const tab = tabOf(list.filter);
  const narrowed = list.q !== "" || list.filter.conditions.length > 0;
  const empty = narrowed && tab === null ? (
    <EmptyState title={t("duplicates.not_found")} why={t("shared:list.not_found_why")} action={<Button onClick={() => list.set({ q: "", filter: NO_FILTER })}>{t("shared:list.show_all")}</Button>} />
  ) : (
    <EmptyState title={t("duplicates.none")} why={t(summary?.job ? "duplicates.none_why" : "duplicates.never")} icon={<MergeCellsOutlined style={{ fontSize: 40 }} />} />
  );
  return (
    <>
      {header({ count: count !== undefined && <NumberText value={count} />, tools: <ColumnChooser fields={columns} columns={view.columns} onChange={view.put} /> })}
      <ViewTabs kind="duplicates" views={view.views} current={view.view} changed={view.changed} content={view.content} allLabel={t("duplicates.all")} onOpen={view.open} />
      <Segmented<Tab | "">
        value={tab ?? ""}
        onChange={(next) => list.set({ filter: toTab(list.filter, next as Tab) })}
        className={styles.tabs}
        options={TABS.map((one) => ({ value: one, label: <>{t(`tab.${one}`)} {summary && <NumberText value={summary[one]} />}</> }))}
      />
      <FilterBar fields={fields} list={list} searchLabel={t("duplicates.search")} shownByChildren={(condition) => isDirect(list.filter) && tab !== null && (isQuick("verdict", condition) || isQuick("state", condition))}>
        <Select aria-label={t("duplicates.sort")} value={list.sort ?? USUAL_SORT} onChange={(sort: string) => list.set({ sort })} popupMatchSelectWidth={false} options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))} />
      </FilterBar>
      {view.settled && <LoadedPages query={groups} none={empty}>
        {(all) => (
          <div ref={box} className={styles.groups}>
            {all.map((group) => <GroupPanel key={`${stateOf(group)}-${group.id}`} group={group} shown={shown} mayMerge={mayMerge} busy={work.deciding === group} onDecide={work.decide} />)}
            <LoadMore query={groups} />
          </div>
        )}
      </LoadedPages>}
    </>
  );
}

function useGroupWork() {
  const failed = useFailed();
  const decide = useDecide();
  const merge = useMergeAsProposed();
  return {
    deciding: decide.isPending ? decide.variables.group : null,
    decide: (group: Group, state: MatchState) => void decide.mutateAsync({ group, state }).catch(failed),
    merge: (group: Group) => void merge(group),
  };
}

/** From group to group without the mouse: what is done with goes, and the next stands in its place. */
function useGroupKeys(box: React.RefObject<HTMLDivElement | null>, found: Group[], mayMerge: boolean, work: ReturnType<typeof useGroupWork>) {
  const { t } = useTranslation(["quality", "shared"]);
  const navigate = useNavigate();
  const cursor = useCursor<Group>(box, found, [], { known: "data-group", stays: true });
  useListKeys<Group>({ cursor, open: mayMerge ? (group) => void navigate(comparisonOf(group)) : undefined });
  const group = t("shared:keys.list");
  const say = (state: MatchState) => () => {
    const row = cursor.row();
    if (row && stateOf(row) !== state) work.decide(row, state);
  };
  const merge = () => {
    const row = cursor.row();
    if (row && stateOf(row) === "open") work.merge(row);
  };
  useKeys(
    mayMerge
      ? [
          { keys: ["m"], label: t("action.merge"), group, run: merge },
          { keys: ["n"], label: t("action.different"), group, run: say("different") },
          { keys: ["l"], label: t("action.later"), group, run: say("later") },
          { keys: ["r"], label: t("action.open"), group, run: say("open") },
        ]
      : [],
  );
}
