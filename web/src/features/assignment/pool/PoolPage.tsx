import { InboxOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Input, Segmented, Select, Space, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useColleagues } from "@/shared/api/colleagues";
import { STANDINGS, type Standing } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded, LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { GradeBadge, Score, useGradeName } from "@/shared/ui/Grade";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton, useErrorText } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateText, NumberText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { assignPooled, claim, useCapacities, useCapacity, usePool, useRefreshPool, type Held, type Pooled } from "./api";
import { WarningList } from "./WarningList";

/** The public pool: those free to claim, those about to fall back, and how much each colleague holds. */
export function Component() {
  const { t } = useTranslation("assignment");
  const [search, setSearch] = useSearchParams();
  const mayAssign = useCan(CAN.assign);
  const items = [
    { key: "free", label: t("pool.free"), children: <FreeList /> },
    { key: "about", label: t("pool.about_to_fall"), children: <WarningList /> },
    ...(mayAssign ? [{ key: "people", label: t("pool.people"), children: <People /> }] : []),
  ];
  return (
    <>
      <PageHeader title={t("pool.title")} about={t("pool.about")} actions={<MyCapacity />} />
      <Tabs activeKey={search.get("tab") ?? "free"} onChange={(tab) => setSearch({ tab }, { replace: true })} items={items} destroyOnHidden />
    </>
  );
}

function MyCapacity() {
  const { t } = useTranslation("assignment");
  const { data } = useCapacity();
  if (!data) return null;
  const held = data.capacity === null ? t("pool.holding", { count: data.holdings }) : t("pool.holding_of", { count: data.holdings, most: data.capacity });
  const today = data.claims_per_day === null ? t("pool.claimed", { count: data.claimed_today }) : t("pool.claimed_of", { count: data.claimed_today, most: data.claims_per_day });
  return <span className={styles.muted}>{held} · {today}</span>;
}

function FreeList() {
  const { t } = useTranslation(["assignment", "shared"]);
  const gradeName = useGradeName();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const refresh = useRefreshPool();
  const mayClaim = useCan(CAN.editCustomers);
  const mayAssign = useCan(CAN.assign);
  const [only, setOnly] = useState<Standing | "all">("all");
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<number[]>([]);
  const pool = usePool(only === "all" ? null : only, q);
  const grade = (row: Pooled) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />;
  const cause = (row: Pooled) => t(`pool.causes.${row.cause as "no_contact"}`);
  const taking = useMutation({
    mutationFn: (row: Pooled) => claim(row.id),
    onSuccess: (_, row) => void message.success(t("pool.claim_done", { name: row.name })),
    onError: (error) => void message.warning(errorText(error)),
    onSettled: refresh,
  });
  return (
    <>
      <Space wrap className={styles.tools}>
        <div style={{ maxWidth: "calc(100vw - 24px)", overflowX: "auto" }}>
          <Segmented<Standing | "all"> aria-label={t("pool.by_grade")} value={only} onChange={setOnly} options={[{ value: "all", label: t("pool.every_grade") }, ...STANDINGS.map((one) => ({ value: one, label: gradeName(one) }))]} />
        </div>
        <Input.Search allowClear aria-label={t("pool.search")} placeholder={t("pool.search")} onSearch={setQ} />
        {mayAssign && chosen.length > 0 && <AssignChosen ids={chosen} onDone={() => setChosen([])} />}
      </Space>
      <LoadedPages query={pool} waiting={<TableSkeleton rows={8} />}>
        {(items) => (
          <div className={styles.boxed}>
            <ScrollTable<Pooled>
              aria-label={t("pool.free")}
              size="middle"
              rowKey="id"
              dataSource={items}
              pagination={false}
              scroll={{ x: "max-content" }}
              rowSelection={mayAssign ? { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys as number[]), getCheckboxProps: (row) => ({ "aria-label": t("pool.choose", { name: row.name }) }) as object } : undefined}
              locale={{ emptyText: <EmptyState title={t("pool.none")} why={t("pool.none_why")} icon={<InboxOutlined style={{ fontSize: 40 }} />} /> }}
              columns={[
                {
                  key: "name", title: t("column.customer"),
                  render: (_, row) => (
                    <>
                      <strong className={styles.what}>{row.name}</strong>
                      <OnPhone>{grade(row)} {t("pool.days")} <NumberText value={row.days} /> {row.former_owner}</OnPhone>
                      <OnPhone>{cause(row)} {!row.claimable && t("pool.own_former")}</OnPhone>
                    </>
                  ),
                },
                { key: "grade", title: t("column.grade"), responsive: ["md"], render: (_, row) => grade(row) },
                { key: "score", title: t("column.score"), align: "right", responsive: mayClaim ? ["md"] : undefined, render: (_, row) => <Score value={row.score} grade={row.grade} /> },
                { key: "former", title: t("pool.former"), responsive: ["md"], render: (_, row) => row.former_owner ?? "–" },
                { key: "cause", title: t("pool.cause"), responsive: ["md"], render: (_, row) => cause(row) },
                { key: "since", title: t("pool.since"), responsive: ["md"], render: (_, row) => <DateText value={row.pooled_at} /> },
                { key: "days", title: t("pool.days"), align: "right", responsive: ["md"], render: (_, row) => <NumberText value={row.days} /> },
                ...(mayClaim ? [{ key: "claim", title: <span className="visually-hidden">{t("column.actions")}</span>, align: "right" as const, render: (_: unknown, row: Pooled) => (
                  <Button size="small" type="primary" disabled={!row.claimable} title={row.claimable ? undefined : t("pool.own_former")} aria-label={t("pool.claim_name", { name: row.name })} loading={taking.isPending && taking.variables.id === row.id} onClick={() => taking.mutate(row)}>
                    {t("pool.claim")}
                  </Button>
                ) }] : []),
              ]}
            />
            <LoadMore query={pool} />
          </div>
        )}
      </LoadedPages>
    </>
  );
}

function AssignChosen({ ids, onDone }: { ids: number[]; onDone: () => void }) {
  const { t } = useTranslation("assignment");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshPool();
  const owners = useColleagues();
  const giving = useMutation({
    mutationFn: (owner: number) => assignPooled(ids, owner),
    onSuccess: ({ assigned }) => {
      void message.success(t("pool.assigned", { count: assigned }));
      onDone();
    },
    onError: failed,
    onSettled: refresh,
  });
  const people = (owners.data ?? []).filter((user) => user.active).map((user) => ({ value: user.id, label: user.name || user.username }));
  return <Select<number> aria-label={t("pool.assign_chosen", { count: ids.length })} placeholder={t("pool.assign_chosen", { count: ids.length })} style={{ minWidth: 220 }} showSearch={{ optionFilterProp: "label" }} loading={owners.isPending || giving.isPending} value={null as never} options={people} onChange={(owner) => giving.mutate(owner)} />;
}

function People() {
  const { t } = useTranslation("assignment");
  const people = useCapacities(true);
  return (
    <Loaded query={people} waiting={<TableSkeleton rows={6} />}>
      {(found) => (
        <div className={styles.boxed}>
          <ScrollTable<Held>
            aria-label={t("pool.people")}
            size="middle"
            rowKey="id"
            dataSource={found}
            pagination={false}
            scroll={{ x: "max-content" }}
            columns={[
              { key: "name", title: t("pool.person"), render: (_, row) => row.name },
              { key: "department", title: t("pool.department"), responsive: ["md"], render: (_, row) => row.department ?? "–" },
              { key: "holdings", title: t("pool.holdings"), align: "right", render: (_, row) => <NumberText value={row.holdings} /> },
              { key: "capacity", title: t("pool.capacity"), align: "right", render: (_, row) => (row.capacity === null ? t("pool.unlimited") : <NumberText value={row.capacity} />) },
              { key: "claimed", title: t("pool.claimed_today"), align: "right", responsive: ["md"], render: (_, row) => <NumberText value={row.claimed_today} /> },
            ]}
          />
        </div>
      )}
    </Loaded>
  );
}
