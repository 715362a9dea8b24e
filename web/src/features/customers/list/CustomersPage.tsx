import { PlusOutlined } from "@ant-design/icons";
import { Button, Grid, Space } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import type { Field } from "@/shared/api/types";
import { useConflicts } from "@/shared/conflict/ConflictDialog";
import { FilterBar } from "@/shared/filter/FilterBar";
import { isDirect, NO_FILTER } from "@/shared/filter/filter";
import { withPeople } from "@/shared/filter/withPeople";
import { ExportButton } from "@/shared/list/ExportButton";
import { Groups } from "@/shared/list/Groups";
import { GroupSelect } from "@/shared/list/GroupSelect";
import { useChoice } from "@/shared/list/useChoice";
import { useGrouping } from "@/shared/list/useGrouping";
import { useListKeys } from "@/shared/list/useListKeys";
import { useListState, type ListControl } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ColumnChooser } from "@/shared/table/ColumnChooser";
import { shownFields } from "@/shared/table/columns";
import { DataTable } from "@/shared/table/DataTable";
import { useCursor } from "@/shared/table/useCursor";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState, TableSkeleton } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import { useView } from "@/shared/views/useView";
import { ViewTabs } from "@/shared/views/ViewTabs";
import { useCustomerCount, useCustomers, useDepartments, useFields, useOwners, type Customer } from "../api";
import { CustomersBulk } from "../bulk/CustomersBulk";
import { CustomerDialog } from "../edit/CustomerDialog";
import { isInline } from "../edit/inline";
import { useFieldWords } from "../edit/useFieldWords";
import { QuickLook } from "../look/QuickLook";
import { inlineCodes, useCustomerColumns } from "./columns";
import { GradeFilter, isGradeChoice } from "./GradeFilter";
import styles from "./list.module.css";
import { keepTrail } from "./trail";
import { useInline } from "./useInline";

const USUAL_SORT = "-score";
const NONE: Customer[] = [];

/** All customers the person may see: searched, filtered, sorted and paged by the server. */
export function Component() {
  const { t } = useTranslation("customers");
  const list = useListState(USUAL_SORT);
  const declared = useFields("customers");
  const owners = useOwners();
  const departments = useDepartments();
  const count = useCustomerCount(list.scope);
  const mayCreate = useCan(CAN.createCustomers);
  const mayEdit = useCan(CAN.editCustomers);
  const mayExport = useCan(CAN.exportData);
  const fields = useMemo(() => withPeople(declared.data ?? [], owners.data, departments.data), [declared.data, owners.data, departments.data]);
  const grouping = useGrouping({ path: "/customers", queryKey: ["customers", "list"], list, fields });
  const { inside, opened } = grouping;
  const customers = useCustomers(inside.query, grouping.rows);
  const view = useView("customers", list, fields, USUAL_SORT);
  const { columns: layout, put, onWiden, onMove } = view;
  const shown = useMemo(() => shownFields(fields, layout), [fields, layout]);
  const phone = Grid.useBreakpoint().md === false;
  const create = useCreate();
  const all = count.data?.count;
  const total = opened ? opened.count : all;
  const items = view.settled ? customers.data?.items : undefined;
  const rows = (grouping.rows && items) || NONE;

  const box = useRef<HTMLDivElement>(null);
  const cursor = useCursor(box, rows, useMemo(() => inlineCodes(shown, mayEdit), [shown, mayEdit]));
  const conflicts = useConflicts(useFieldWords());
  const inline = useInline(conflicts.ask);
  const may = useCallback((field: Field) => mayEdit && isInline(field), [mayEdit]);
  const columns = useCustomerColumns(shown, layout, phone, { kind: "customers", ...inline, may, place: cursor.put });
  const choice = useChoice(rows, total, inside.scope);
  const [looked, look] = useState<number | null>(null);
  const navigate = useNavigate();
  useListKeys({
    cursor,
    open: ({ id }) => void navigate(`/customers/${id}`),
    edit: ({ id }, code) => inline.open({ id, code }),
    look,
    looking: looked !== null,
    choose: choice.toggle,
    create: mayCreate ? { label: t("list.new"), run: create.start } : undefined,
  });
  useTrail(inside, choice.page, total);

  if (declared.error && !declared.data) return <ErrorState error={declared.error} retry={() => void declared.refetch()} />;
  return (
    <>
      <PageHeader
        title={t("list.title")}
        count={all !== undefined && <NumberText value={all} />}
        actions={
          <>
            <GroupSelect fields={fields} list={list} />
            {!phone && <ColumnChooser fields={fields} columns={layout} onChange={put} />}
            {mayExport && <ExportButton path="/customers/export" list={list} fields={fields} shown={shown} />}
            {mayCreate && (
              <Button type="primary" icon={<PlusOutlined />} onClick={create.start}>
                {t("list.new")}
              </Button>
            )}
          </>
        }
      />
      <ViewTabs kind="customers" views={view.views} current={view.view} changed={view.changed} content={view.content} allLabel={t("list.all")} onOpen={view.open} />
      <FilterBar fields={fields} list={list} searchLabel={t("list.search")} kind="customers" shownByChildren={(condition) => isDirect(list.filter) && isGradeChoice(condition)}>
        <GradeFilter list={list} />
      </FilterBar>
      {declared.data ? (
        <Groups label={t("shared:groups.of", { list: t("list.title") })} grouping={grouping} list={list}>
          <div ref={box} className={choice.some ? styles.choosing : undefined}>
            <DataTable
              label={t("list.title")}
              rowKey="id"
              columns={columns}
              rows={items}
              list={inside}
              count={total}
              fill={!opened}
              loading={customers.isPlaceholderData}
              error={customers.error}
              retry={() => void customers.refetch()}
              empty={<Nothing list={list} onCreate={mayCreate ? create.start : undefined} />}
              layout={phone ? undefined : { onWiden, onMove }}
              rowSelection={choice.boxes}
            />
          </div>
        </Groups>
      ) : (
        <TableSkeleton rows={12} />
      )}
      {choice.some && <CustomersBulk fields={fields} shown={shown} list={inside} choice={choice} />}
      <QuickLook id={looked} onClose={() => look(null)} />
      {conflicts.dialog}
      {create.open && mayCreate && <CustomerDialog customer={null} onClose={create.stop} onSaved={create.saved} />}
    </>
  );
}

/** Remembers what the list shows, for going on to the next customer from one's page. */
function useTrail(list: ListControl, ids: number[], total: number | undefined): void {
  const { pathname, search } = useLocation();
  const { query, page, size } = list;
  useEffect(() => {
    if (ids.length === 0) return;
    keepTrail({ from: pathname + search, query: { filter: query.filter, q: query.q, sort: query.sort }, offset: (page - 1) * size, ids, total: total ?? null });
  }, [pathname, search, query, page, size, ids, total]);
}

/** "/customers?create=1" opens the form, so that the palette and other pages can ask for it. */
function useCreate() {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const put = (open: boolean) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (open) next.set("create", "1");
      else next.delete("create");
      return next;
    }, { replace: true });
  return {
    open: params.get("create") === "1",
    start: () => put(true),
    stop: () => put(false),
    saved: (id: number) => void navigate(`/customers/${id}`),
  };
}

function Nothing({ list, onCreate }: { list: ListControl; onCreate?: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const mayImport = useCan(CAN.importData);
  const mayDemo = useCan(CAN.manageDemo);
  const navigate = useNavigate();
  if (list.q || list.filter.conditions.length > 0) {
    return <EmptyState title={t("list.not_found")} why={t("list.not_found_why")} action={<Button onClick={() => list.set({ q: "", filter: NO_FILTER })}>{t("list.show_all")}</Button>} />;
  }
  return (
    <EmptyState
      title={t("list.none")}
      why={mayImport ? t("list.none_why") : t("list.none_of_yours")}
      action={
        <Space wrap>
          {mayImport && <Button type="primary" onClick={() => void navigate("/imports/new")}>{t("list.import")}</Button>}
          {!mayImport && onCreate && <Button onClick={onCreate}>{t("list.new")}</Button>}
          {mayDemo && <Link to="/demo">{t("list.demo")}</Link>}
        </Space>
      }
    />
  );
}
