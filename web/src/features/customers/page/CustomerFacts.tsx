import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Grid, Select, Table, Tabs } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Named } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { orderOf } from "@/shared/table/DataTable";
import { fieldColumns } from "@/shared/table/fieldColumns";
import { EmptyState, ErrorState, TableSkeleton } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import { FACTS, useFacts, useFields, type CustomerDetail, type Fact, type FactKind } from "../api";
import styles from "../customers.module.css";
import { essential, factFields } from "./factFields";

const SIZE = 10;

/** The customer's transactions, invoices, receipts, interactions and opportunities, as tabs of paged tables. */
export function CustomerFacts({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("customers");
  const phone = Grid.useBreakpoint().md === false;
  const [kind, setKind] = useState<FactKind>(FACTS[0]);
  // Tabs that do not fit hide behind a button that is none of them: a list to choose from serves a phone better.
  if (phone) {
    return (
      <>
        <Select
          aria-label={t("fact.choose")}
          value={kind}
          onChange={setKind}
          options={FACTS.map((one) => ({ value: one, label: `${t(`fact.${one}`)} (${customer.counts?.[one] ?? 0})` }))}
          className={styles.choose}
        />
        <FactTable key={kind} customerId={customer.id} kind={kind} count={customer.counts?.[kind]} />
      </>
    );
  }
  return (
    <Tabs
      destroyOnHidden
      items={FACTS.map((kind) => ({
        key: kind,
        label: (
          <>
            {t(`fact.${kind}`)}
            <span className={styles.count}>
              <NumberText value={customer.counts?.[kind]} />
            </span>
          </>
        ),
        children: <FactTable customerId={customer.id} kind={kind} count={customer.counts?.[kind]} />,
      }))}
    />
  );
}

interface TableProps {
  customerId: number;
  kind: FactKind;
  count: number | undefined;
}

function FactTable({ customerId, kind, count }: TableProps) {
  const { t } = useTranslation(["customers", "shared"]);
  const phone = Grid.useBreakpoint().md === false;
  const [sort, setSort] = useState<string | null>(null);
  // The cursors of the pages gone through, the present one last; the first page has none.
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const declared = useFields(kind);
  const facts = useFacts(customerId, kind, { limit: SIZE, cursor: cursors.at(-1), sort });
  const format = useFormat();
  const label = useLabel();
  const columns = useMemo(() => {
    const all = factFields(declared.data ?? [], kind);
    const words = { yes: t("shared:yes"), no: t("shared:no") };
    return fieldColumns<Fact>(phone ? essential(all) : all, { format, label, words, render: { invoice: (row) => (row.invoice_id ? `#${String(row.invoice_id)}` : UNKNOWN), by: (row) => (row.by as Named | null)?.name ?? UNKNOWN } });
  }, [declared.data, kind, phone, format, label, t]);

  const error = facts.error ?? declared.error;
  if (error && !facts.data) return <ErrorState error={error} retry={() => void facts.refetch()} />;
  if (!facts.data || !declared.data) return <TableSkeleton rows={5} />;
  const rows = facts.data.items;
  if (rows.length === 0 && cursors.length === 1) return <EmptyState title={t(`fact.none.${kind}`)} why={t("fact.none_why")} />;
  const first = (cursors.length - 1) * SIZE;
  return (
    <>
      <Table<Fact>
        size="small"
        rowKey="id"
        dataSource={rows}
        loading={facts.isPlaceholderData}
        scroll={{ x: "max-content" }}
        pagination={false}
        columns={columns.map(({ numeric, sortable, ...column }) => ({
          ...column, align: numeric ? "right" : undefined, sorter: Boolean(sortable), sortOrder: sortable ? orderOf(sort, column.key) : null, showSorterTooltip: false,
        }))}
        onChange={(_pagination, _filters, sorter, extra) => {
          if (extra.action !== "sort" || Array.isArray(sorter)) return;
          setCursors([null]);
          setSort(sorter.order ? `${sorter.order === "descend" ? "-" : ""}${String(sorter.columnKey)}` : null);
        }}
      />
      {(cursors.length > 1 || facts.data.next) && (
        <div className={styles.pages}>
          <span>{t("shared:table.range", { from: first + 1, to: first + rows.length, total: Math.max(count ?? 0, first + rows.length) })}</span>
          <Button size="small" icon={<LeftOutlined />} aria-label={t("fact.newer")} disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))} />
          <Button size="small" icon={<RightOutlined />} aria-label={t("fact.older")} disabled={!facts.data.next || facts.isPlaceholderData} onClick={() => setCursors([...cursors, facts.data.next])} />
        </div>
      )}
    </>
  );
}
