import { Grid, Table, Tabs } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
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
  const [page, setPage] = useState(1);
  const [sort, setSort] = useState<string | null>(null);
  const declared = useFields(kind);
  const facts = useFacts(customerId, kind, { limit: SIZE, offset: (page - 1) * SIZE, sort });
  const format = useFormat();
  const label = useLabel();
  const columns = useMemo(() => {
    const all = factFields(declared.data ?? [], kind);
    const words = { yes: t("shared:yes"), no: t("shared:no") };
    return fieldColumns<Fact>(phone ? essential(all) : all, { format, label, words, render: { invoice: (row) => invoiceText(row) } });
  }, [declared.data, kind, phone, format, label, t]);

  const error = facts.error ?? declared.error;
  if (error && !facts.data) return <ErrorState error={error} retry={() => void facts.refetch()} />;
  if (!facts.data || !declared.data) return <TableSkeleton rows={5} />;
  const rows = facts.data.items;
  if (rows.length === 0 && page === 1) return <EmptyState title={t(`fact.none.${kind}`)} why={t("fact.none_why")} />;
  return (
    <Table<Fact>
      size="small"
      rowKey="id"
      dataSource={rows}
      loading={facts.isPlaceholderData}
      scroll={{ x: "max-content" }}
      columns={columns.map(({ numeric, sortable, ...column }) => ({
        ...column, align: numeric ? "right" : undefined, sorter: Boolean(sortable), sortOrder: sortable ? orderOf(sort, column.key) : null, showSorterTooltip: false,
      }))}
      pagination={{ current: page, pageSize: SIZE, total: count ?? page * SIZE + (facts.data.next ? 1 : 0), showSizeChanger: false, hideOnSinglePage: true, size: "small" }}
      onChange={(pagination, _filters, sorter, extra) => {
        if (extra.action === "paginate") setPage(pagination.current ?? 1);
        else if (extra.action === "sort" && !Array.isArray(sorter)) {
          setPage(1);
          setSort(sorter.order ? `${sorter.order === "descend" ? "-" : ""}${String(sorter.columnKey)}` : null);
        }
      }}
    />
  );
}

/** The invoice a receipt pays: its own number where it has one. */
function invoiceText(row: Fact): string | undefined {
  const invoice = row.invoice as { id: number; source_key?: string; name?: string } | null | undefined;
  if (!invoice || typeof invoice !== "object") return undefined;
  return invoice.name || invoice.source_key || `#${invoice.id}`;
}
