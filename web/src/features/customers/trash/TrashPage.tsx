import { DeleteOutlined, RollbackOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Segmented, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { get, post, remove } from "@/shared/api/request";
import type { Page, Standing } from "@/shared/api/types";
import { NO_FILTER } from "@/shared/filter/filter";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { GradeBadge, type Overridden } from "@/shared/ui/Grade";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { UNKNOWN } from "@/shared/format/format";
import { DateText, DateTimeText } from "@/shared/ui/values";
import { useBulk } from "../bulk/useBulk";
import styles from "../customers.module.css";

type Type = "customer" | "contact";

interface Trashed {
  type: Type;
  id: number;
  name: string;
  computed_grade: string | null;
  override: Overridden | null;
  grade: Standing | null;
  customer: { id: number; name: string } | null;
  trashed_at: string;
  trashed_by: { id: number; name: string } | string | null;
  purge_on: string | null;
}

const KEY = ["customers", "trash"] as const;

const useTrash = (type: Type, q: string) =>
  useInfiniteQuery({
    queryKey: [...KEY, type, q],
    queryFn: ({ pageParam, signal }) => get<Page<Trashed>>("/trash", { type, limit: 50, cursor: pageParam, q: q.trim() || null }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** The address of the trash; what is usual is left out. */
const written = (type: Type, q: string) => ({ ...(type === "contact" && { type }), ...(q.trim() && { q: q.trim() }) });

/** What was deleted and is not yet gone: to be restored, or removed for good. */
export function Component() {
  const { t } = useTranslation(["customers", "shared"]);
  const [params, setParams] = useSearchParams();
  const q = params.get("q") ?? "";
  const type: Type = params.get("type") === "contact" ? "contact" : "customer";
  const contacts = type === "contact";
  const trash = useTrash(type, q);
  const [chosen, setChosen] = useState<number[]>([]);
  const start = useBulk(contacts ? "contacts" : "customers", { filter: NO_FILTER, q: "" });
  const restoreChosen = async () => {
    if (await start("restore", { ids: chosen, all: false }, chosen.length)) setChosen([]);
  };
  const grade = (row: Trashed) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />;
  const by = (row: Trashed) => (typeof row.trashed_by === "string" ? row.trashed_by : row.trashed_by?.name) ?? t("trash.system");
  return (
    <>
      <PageHeader title={t("trash.title")} about={t("trash.about")} actions={chosen.length > 0 && <Button icon={<RollbackOutlined />} onClick={() => void restoreChosen()}>{t("trash.restore_chosen", { count: chosen.length })}</Button>} />
      <div className={styles.kinds}>
        <Segmented<Type>
          aria-label={t("trash.type")}
          value={type}
          options={[{ value: "customer", label: t("trash.customers") }, { value: "contact", label: t("trash.contacts") }]}
          onChange={(next) => {
            setChosen([]);
            setParams(written(next, ""));
          }}
        />
      </div>
      <div className={styles.search} role="search" aria-label={t("trash.search")}>
        <Input.Search allowClear aria-label={t("trash.search")} placeholder={t("trash.search")} key={q} defaultValue={q} onSearch={(words) => setParams(written(type, words))} />
      </div>
      <LoadedPages query={trash} waiting={<TableSkeleton rows={8} />}>
        {(items) => (
          <div className={styles.boxed}>
            <ScrollTable<Trashed>
              aria-label={t("trash.title")}
              size="middle"
              rowKey="id"
              dataSource={items}
              pagination={false}
              scroll={{ x: "max-content" }}
              rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys as number[]), getCheckboxProps: (row) => ({ "aria-label": t("shared:table.choose", { name: row.name }) }) as object }}
              locale={{ emptyText: <EmptyState title={q ? t("trash.not_found") : contacts ? t("trash.no_contacts") : t("trash.none")} why={t("trash.none_why")} icon={<DeleteOutlined style={{ fontSize: 40 }} />} /> }}
              columns={[
                {
                  key: "name", title: contacts ? t("contact.name") : t("list.customer"),
                  render: (_, row) => (
                    <>
                      <strong className={styles.what}>{row.name}</strong>
                      <OnPhone>{contacts ? row.customer?.name : grade(row)} {by(row)} <DateTimeText value={row.trashed_at} /></OnPhone>
                      <OnPhone>{t("trash.purge_on")} <DateText value={row.purge_on} /></OnPhone>
                    </>
                  ),
                },
                contacts
                  ? { key: "customer", title: t("list.customer"), responsive: ["md"], render: (_, row) => (row.customer ? <Link to={`/customers/${row.customer.id}`}>{row.customer.name}</Link> : UNKNOWN) }
                  : { key: "grade", title: t("trash.grade"), responsive: ["md"], render: (_, row) => grade(row) },
                { key: "at", title: t("trash.at"), responsive: ["md"], render: (_, row) => <DateTimeText value={row.trashed_at} /> },
                { key: "by", title: t("trash.by"), responsive: ["md"], render: (_, row) => by(row) },
                { key: "purge", title: t("trash.purge_on"), responsive: ["md"], render: (_, row) => <DateText value={row.purge_on} /> },
                { key: "actions", title: <span className="visually-hidden">{t("trash.actions")}</span>, align: "right", render: (_, row) => <Actions row={row} /> },
              ]}
            />
            <LoadMore query={trash} />
          </div>
        )}
      </LoadedPages>
    </>
  );
}

function Actions({ row }: { row: Trashed }) {
  const { t } = useTranslation(["customers", "shared"]);
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const failed = useFailed();
  const mayDelete = useCan(CAN.delete);
  const mayPurge = useCan(CAN.handlePrivacy);
  const refresh = () => client.invalidateQueries({ queryKey: ["customers"] });
  const restore = useMutation({
    mutationFn: () => post<void>(`/${row.type}s/${row.id}/restore`),
    onSuccess: async () => {
      void message.success(t("trash.restored", { name: row.name }));
      await refresh();
    },
    onError: failed,
  });
  const purge = () =>
    modal.confirm({
      title: t("trash.purge_title", { name: row.name }),
      content: row.type === "contact" ? t("trash.purge_contact_why") : t("trash.purge_why"),
      okText: t("trash.purge"),
      okButtonProps: { danger: true },
      cancelText: t("shared:action.cancel"),
      onOk: () => remove<void>(`/trash/${row.type}/${row.id}`).then(refresh, failed),
    });
  return (
    <Space size={4}>
      {mayDelete && <Button size="small" icon={<RollbackOutlined />} loading={restore.isPending} onClick={() => restore.mutate()}>{t("trash.restore")}</Button>}
      {mayPurge && <Button size="small" type="text" danger onClick={() => void purge()}>{t("trash.purge")}</Button>}
    </Space>
  );
}
