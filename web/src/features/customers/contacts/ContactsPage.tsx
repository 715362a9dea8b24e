import { PlusOutlined } from "@ant-design/icons";
import { Button, Grid } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Field } from "@/shared/api/types";
import { useConflicts } from "@/shared/conflict/ConflictDialog";
import { FilterBar } from "@/shared/filter/FilterBar";
import { isDirect, NO_FILTER } from "@/shared/filter/filter";
import { ExportButton } from "@/shared/list/ExportButton";
import { Groups } from "@/shared/list/Groups";
import { GroupSelect } from "@/shared/list/GroupSelect";
import { useChoice } from "@/shared/list/useChoice";
import { useGrouping } from "@/shared/list/useGrouping";
import { useListKeys } from "@/shared/list/useListKeys";
import { useListState } from "@/shared/list/useListState";
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
import { useFields } from "../api";
import { ContactsBulk } from "../bulk/ContactsBulk";
import { useFieldWords } from "../edit/useFieldWords";
import { inlineCodes } from "../list/columns";
import { useContactCount, useContacts, type Contact } from "./api";
import { useContactColumns } from "./columns";
import { ContactDialog } from "./ContactDialog";
import { ContactDrawer } from "./ContactDrawer";
import styles from "./contacts.module.css";
import { isRoleChoice, RoleFilter } from "./RoleFilter";
import { isInlineOf, useInlineContact } from "./useInlineContact";

const USUAL_SORT = "name";
const NONE: Contact[] = [];

/** All contacts the person may see; `?contact=` opens one beside the list. */
export function Component() {
  const { t } = useTranslation(["customers", "shared"]);
  const list = useListState(USUAL_SORT);
  const declared = useFields("contacts");
  const all = useContactCount(list.scope).data?.count;
  const mayCreate = useCan(CAN.createCustomers);
  const mayExport = useCan(CAN.exportData);
  const [creating, setCreating] = useState(false);
  const [beside, open] = useOpened();
  // What an import alone knows of is no column.
  const fields = useMemo(() => (declared.data ?? []).filter((field) => field.exportable), [declared.data]);
  const grouping = useGrouping({ path: "/contacts", queryKey: ["customers", "contacts"], list, fields });
  const { inside, opened } = grouping;
  const contacts = useContacts(inside.query, grouping.rows);
  const total = opened ? opened.count : all;
  const view = useView("contacts", list, fields, USUAL_SORT);
  const { columns: layout, put, onWiden, onMove } = view;
  const shown = useMemo(() => shownFields(fields, layout), [fields, layout]);
  const phone = Grid.useBreakpoint().md === false;
  const mayEdit = useCan(CAN.editCustomers);
  const conflicts = useConflicts(useFieldWords("contacts"));
  const inline = useInlineContact(conflicts.ask);
  const may = useCallback((field: Field, row: Contact) => mayEdit && isInlineOf(field, row), [mayEdit]);
  const items = view.settled ? contacts.data?.items : undefined;
  const rows = (grouping.rows && items) || NONE;
  const box = useRef<HTMLDivElement>(null);
  const cursor = useCursor(box, rows, useMemo(() => inlineCodes(shown, mayEdit), [shown, mayEdit]));
  const columns = useContactColumns(shown, layout, phone, open, { kind: "contacts", ...inline, may, place: cursor.put });
  const choice = useChoice(rows, total, inside.scope);
  const edit = (row: Contact, code: string) => {
    if (shown.some((field) => field.code === code && may(field, row))) inline.open({ id: row.id, code });
  };
  useListKeys({
    cursor,
    open: ({ id }) => open(id),
    edit,
    look: open,
    looking: beside !== null,
    choose: choice.toggle,
    create: mayCreate ? { label: t("contact.new"), run: () => setCreating(true) } : undefined,
  });
  const create = mayCreate && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t("contact.new")}
    </Button>
  );
  const narrowed = list.q !== "" || list.filter.conditions.length > 0;
  if (declared.error && !declared.data) return <ErrorState error={declared.error} retry={() => void declared.refetch()} />;
  return (
    <>
      <PageHeader
        title={t("contact.list")}
        count={all !== undefined && <NumberText value={all} />}
        actions={
          <>
            <GroupSelect fields={fields} list={list} />
            {!phone && <ColumnChooser fields={fields} columns={layout} onChange={put} />}
            {mayExport && <ExportButton path="/contacts/export" list={list} fields={fields} shown={shown} />}
            {create}
          </>
        }
      />
      <ViewTabs kind="contacts" views={view.views} current={view.view} changed={view.changed} content={view.content} allLabel={t("contact.all")} onOpen={view.open} />
      <FilterBar fields={fields} list={list} searchLabel={t("contact.search")} shownByChildren={(condition) => isDirect(list.filter) && isRoleChoice(condition)}>
        <RoleFilter list={list} />
      </FilterBar>
      {declared.data ? (
        <Groups label={t("shared:groups.of", { list: t("contact.list") })} grouping={grouping} list={list}>
          <div ref={box} className={choice.some ? styles.choosing : undefined}>
            <DataTable
              label={t("contact.list")}
              rowKey="id"
              columns={columns}
              rows={items}
              list={inside}
              count={total}
              fill={!opened}
              loading={contacts.isPlaceholderData}
              error={contacts.error}
              retry={() => void contacts.refetch()}
              layout={phone ? undefined : { onWiden, onMove }}
              rowSelection={choice.boxes}
              empty={
                narrowed ? (
                  <EmptyState title={t("contact.not_found")} why={t("list.not_found_why")} action={<Button onClick={() => list.set({ q: "", filter: NO_FILTER })}>{t("contact.show_all")}</Button>} />
                ) : (
                  <EmptyState title={t("contact.none")} why={t("contact.none_why")} action={create} />
                )
              }
            />
          </div>
        </Groups>
      ) : (
        <TableSkeleton rows={12} />
      )}
      {choice.some && <ContactsBulk fields={fields} shown={shown} list={inside} choice={choice} />}
      {creating && <ContactDialog contact={null} onClose={() => setCreating(false)} />}
      {conflicts.dialog}
      <ContactDrawer id={beside} onClose={() => open(null)} />
    </>
  );
}

/** The contact beside the list, kept in the address. */
function useOpened(): [number | null, (id: number | null) => void] {
  const [params, setParams] = useSearchParams();
  const open = useCallback(
    (id: number | null) =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        if (id) next.set("contact", String(id));
        else next.delete("contact");
        return next;
      }, { replace: true }),
    [setParams],
  );
  return [Number(params.get("contact")) || null, open];
}
