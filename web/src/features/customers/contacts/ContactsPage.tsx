import { DownloadOutlined, EditOutlined, MergeCellsOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Descriptions, Drawer, Dropdown, Grid, Select, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { apiUrl } from "@/shared/api/request";
import { FilterBar } from "@/shared/filter/FilterBar";
import { NO_FILTER } from "@/shared/filter/filter";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLanguage } from "@/shared/i18n/i18n";
import { EXPORT_FORMS, exportForms } from "@/shared/list/exportForms";
import { useListState } from "@/shared/list/useListState";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { DataTable, type DataColumn } from "@/shared/table/DataTable";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge } from "@/shared/ui/Grade";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import type { Standing } from "@/shared/api/types";
import { ROLES, useContact, useContactCount, useContactFields, useContacts, removePosition, useRefreshContacts, type Contact, type ContactRecord, type Position } from "./api";
import { mergeAddress } from "../merge/api";
import { MergedFrom } from "../merge/MergedFrom";
import { AlikeContacts, ToldApart } from "./AlikeContacts";
import { ContactDialog, PositionDialog } from "./ContactDialog";
import { useContactActions } from "./ContactsBlock";
import styles from "./contacts.module.css";
import { RoleTag, Ways } from "./Ways";

/** All contacts the person may see; `?contact=` opens one beside the list. */
export function Component() {
  const { t } = useTranslation(["customers", "shared"]);
  const list = useListState("name");
  const [params, setParams] = useSearchParams();
  const put = (name: string, value: string | null) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (value) next.set(name, value);
      else next.delete(name);
      if (name === "role") next.delete("page");
      return next;
    }, { replace: true });
  const role = params.get("role");
  const opened = Number(params.get("contact")) || null;
  const declared = useContactFields();
  const contacts = useContacts({ ...list.query, role });
  const count = useContactCount({ ...list.scope, role });
  const mayCreate = useCan(CAN.createCustomers);
  const mayExport = useCan(CAN.exportData);
  const language = useLanguage();
  const [creating, setCreating] = useState(false);
  const mayMerge = useCan(CAN.merge);
  const [chosen, setChosen] = useState<number[]>([]);
  const columns = useColumns((id) => put("contact", String(id)));
  const wanted = { language, sort: list.sort, ...(chosen.length > 0 ? { ids: chosen.join(",") } : { role, ...list.scope }) };
  const narrowed = list.q !== "" || list.filter.conditions.length > 0 || role;
  const create = mayCreate && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t("contact.new")}
    </Button>
  );
  if (declared.error && !declared.data) return <ErrorState error={declared.error} retry={() => void declared.refetch()} />;
  return (
    <>
      <PageHeader
        title={t("contact.list")}
        count={count.data && <NumberText value={count.data.count} />}
        actions={
          <>
            {mayMerge && chosen.length > 1 && (
              <Link to={mergeAddress("contact", chosen)}>
                <Button icon={<MergeCellsOutlined />}>{t("contact.merge_chosen", { count: chosen.length })}</Button>
              </Link>
            )}
            {mayExport && (
              <Dropdown trigger={["click"]} menu={{ items: exportForms.map((form) => ({ key: form, label: <a href={apiUrl("/contacts/export", { ...EXPORT_FORMS[form], ...wanted })} download>{t(`list.export_${form}`)}</a> })) }}>
                <Button icon={<DownloadOutlined />}>{chosen.length > 0 ? t("contact.export_chosen", { count: chosen.length }) : t("shared:action.export")}</Button>
              </Dropdown>
            )}
            {create}
          </>
        }
      />
      <FilterBar fields={declared.data ?? []} list={list} searchLabel={t("contact.search")}>
        <Select
          allowClear
          aria-label={t("contact.role")}
          placeholder={t("contact.role")}
          style={{ minWidth: 130 }}
          value={role ?? undefined}
          onChange={(chosen: string | undefined) => put("role", chosen ?? null)}
          options={ROLES.map((one) => ({ value: one, label: t(`contact.roles.${one}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t("contact.list")}
        rowKey="id"
        columns={columns}
        rows={contacts.data?.items}
        list={list}
        count={count.data?.count}
        loading={contacts.isPlaceholderData}
        error={contacts.error}
        retry={() => void contacts.refetch()}
        rowSelection={mayMerge || mayExport ? { selectedRowKeys: chosen, preserveSelectedRowKeys: true, onChange: (keys) => setChosen((keys as number[]).slice(0, MOST_MERGED)), getCheckboxProps: (row) => ({ "aria-label": t("list.choose", { name: row.name }) }) as object } : undefined}
        empty={
          narrowed ? (
            <EmptyState title={t("contact.not_found")} why={t("list.not_found_why")} action={<Button onClick={() => { list.set({ q: "", filter: NO_FILTER }); put("role", null); }}>{t("contact.show_all")}</Button>} />
          ) : (
            <EmptyState title={t("contact.none")} why={t("contact.none_why")} action={create} />
          )
        }
      />
      {creating && <ContactDialog contact={null} onClose={() => setCreating(false)} />}
      <ContactDrawer id={opened} onClose={() => put("contact", null)} />
    </>
  );
}

/** So many are merged at once. */
const MOST_MERGED = 50;

function useColumns(open: (id: number) => void): DataColumn<Contact>[] {
  const { t } = useTranslation("customers");
  const phone = Grid.useBreakpoint().md === false;
  return useMemo(() => {
    const name: DataColumn<Contact> = {
      key: "name", title: t("contact.name"), sortable: true, width: phone ? undefined : 170, className: phone ? styles.pressed : undefined,
      render: (_, row) => (
        <>
          <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => open(row.id)}>{row.name}</Button>
          {phone && <div className={styles.under}>{row.positions[0]?.customer.name}</div>}
        </>
      ),
    };
    const call: DataColumn<Contact> = { key: "phone", title: t("edit.phone"), width: phone ? 128 : 160, render: (_, row) => (row.phone ? <a href={`tel:${row.phone.replace(/[^\d+]/g, "")}`}>{row.phone}</a> : UNKNOWN) };
    if (phone) return [name, call];
    return [
      name,
      {
        key: "customer", title: t("list.customer"), width: 280,
        render: (_, row) => row.positions[0] ? (
          <span className={styles.seat}>
            <Link to={`/customers/${row.positions[0].customer.id}`}>{row.positions[0].customer.name}</Link>
            <GradeBadge grade={row.positions[0].customer.grade as Standing} override={row.positions[0].customer.override} computed={row.positions[0].customer.computed_grade} />
            {row.positions.length > 1 && <span className={styles.under}>{t("contact.and_more", { count: row.positions.length - 1 })}</span>}
          </span>
        ) : UNKNOWN,
      },
      { key: "title", title: t("contact.title"), width: 160, render: (_, row) => row.positions[0]?.title || row.title || UNKNOWN },
      { key: "role", title: t("contact.role"), width: 140, render: (_, row) => row.positions[0]?.role ? <RoleTag role={row.positions[0].role} influence={row.positions[0].influence} /> : UNKNOWN },
      call,
      { key: "email", title: t("edit.email"), width: 220, render: (_, row) => (row.email ? <a href={`mailto:${row.email}`}>{row.email}</a> : UNKNOWN) },
    ];
  }, [t, phone, open]);
}

function ContactDrawer({ id, onClose }: { id: number | null; onClose: () => void }) {
  const contact = useContact(id);
  return (
    <Drawer open={id !== null} onClose={onClose} size={440} title={contact.data?.name ?? ""} destroyOnHidden>
      <Loaded query={contact} waiting={<Skeleton active />}>
        {(found) => <Sheet contact={found} onClose={onClose} />}
      </Loaded>
    </Drawer>
  );
}

function Sheet({ contact, onClose }: { contact: ContactRecord; onClose: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const mayEdit = useCan(CAN.editCustomers);
  const refresh = useRefreshContacts();
  const [editing, setEditing] = useState(false);
  const [seat, setSeat] = useState<Position | "new" | null>(null);
  const [deletion] = useContactActions(contact, onClose);
  const known: [string, string | null][] = [
    ["salutation", contact.salutation], ["gender", contact.gender && t(`contact.${contact.gender}`)], ["birthday", contact.birthday && format.date(contact.birthday)],
    ["department", contact.department], ["title", contact.title], ["notes", contact.notes],
  ];
  const facts = known.filter(([, value]) => value);
  return (
    <div style={{ display: "grid", gap: 16 }}>
      <MergedFrom merged={contact.merged_from} />
      <AlikeContacts of={{ contact: contact.id }} />
      <ToldApart contact={contact.id} />
      <ul className={styles.seats}>
        {contact.positions.map((one) => (
          <li key={one.id} className={styles.seat}>
            <Link to={`/customers/${one.customer.id}`}>{one.customer.name}</Link>
            <GradeBadge grade={one.customer.grade as Standing} override={one.customer.override} computed={one.customer.computed_grade} />
            <span className={styles.under}>{one.title}</span>
            <RoleTag role={one.role} influence={one.influence} />
            {mayEdit && <Button size="small" type="text" icon={<EditOutlined />} aria-label={t("contact.change_position", { name: one.customer.name })} onClick={() => setSeat(one)} />}
            {mayEdit && contact.positions.length > 1 && (
              <Button size="small" type="text" danger onClick={() => void removePosition(one.id).then(refresh)}>
                {t("contact.remove_position")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Ways ways={contact.channels} />
      {facts.length > 0 && <Descriptions size="small" column={1} items={facts.map(([key, value]) => ({ key, label: t(`contact.${key}`), children: value }))} />}
      {mayEdit && (
        <span className={styles.tags}>
          <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t("shared:action.edit")}</Button>
          <Button onClick={() => setSeat("new")}>{t("contact.add_position")}</Button>
          {deletion && <Button danger icon={deletion.icon} onClick={deletion.onClick}>{deletion.label}</Button>}
        </span>
      )}
      {editing && <ContactDialog contact={contact} customerId={contact.positions[0]?.customer.id} onClose={() => setEditing(false)} />}
      {seat && <PositionDialog contact={contact} position={seat === "new" ? null : seat} onClose={() => setSeat(null)} />}
    </div>
  );
}
