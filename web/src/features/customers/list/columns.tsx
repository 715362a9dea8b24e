import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import type { DataColumn } from "@/shared/table/DataTable";
import { fieldColumns } from "@/shared/table/fieldColumns";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import type { Customer } from "../api";
import styles from "./list.module.css";

const WIDTH = { name: 260, score: 92, grade: 108 };

/** The columns of the list; on a phone two that carry the essentials. */
export function useCustomerColumns(shown: Field[], phone: boolean): DataColumn<Customer>[] {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const label = useLabel();
  return useMemo(() => {
    if (phone) return phoneColumns(t("list.customer"), t("list.score"));
    const columns = fieldColumns<Customer>(shown, {
      format,
      label,
      words: { yes: t("shared:yes"), no: t("shared:no") },
      width: WIDTH,
      render: {
        name: (row) => <Name row={row} />,
        score: (row) => <Score value={row.score} grade={row.grade} />,
        owner: (row) => row.owner?.name ?? UNKNOWN,
        department: (row) => row.department?.name ?? UNKNOWN,
      },
    });
    return columns.map((column) => (column.key === "name" ? { ...column, fixed: "left" as const, ellipsis: true } : column));
  }, [shown, phone, format, label, t]);
}

function Name({ row }: { row: Customer }) {
  return (
    <Link to={`/customers/${row.id}`} className={styles.name}>
      {row.name}
    </Link>
  );
}

function phoneColumns(customer: string, score: string): DataColumn<Customer>[] {
  return [
    {
      key: "name", title: customer, sortable: true, width: 210,
      render: (_, row) => (
        <span className={styles.compact}>
          <Name row={row} />
          <span className={styles.under}>
            <GradeBadge grade={row.grade} /> {row.owner?.name}
          </span>
        </span>
      ),
    },
    { key: "score", title: score, numeric: true, sortable: true, width: 92, render: (_, row) => <Score value={row.score} grade={row.grade} /> },
  ];
}
