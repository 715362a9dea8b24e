import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import type { DataColumn } from "@/shared/table/DataTable";
import { fieldColumns } from "@/shared/table/fieldColumns";
import type { Column } from "@/shared/table/layout";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import { SourceText } from "@/shared/ui/SourceText";
import type { Customer } from "../api";
import { isInline } from "../edit/inline";
import { inPlace, type Editing } from "./inPlace";
import styles from "./list.module.css";
import { NeverMark } from "./NeverMark";
import { Tags } from "./Tags";

const WIDTH: Record<string, number> = { name: 260, score: 92, grade: 108, owner: 130, department: 140, phone: 150, email: 200 };
const BY_TYPE: Record<string, number> = { number: 120, money: 150, date: 130, datetime: 180, yes_no: 96 };

/** How wide a column is unless somebody pulled it. */
const usualWidth = (field: Field): number => WIDTH[field.code] ?? BY_TYPE[field.type] ?? 150;

/** Columns that can be edited in place, in their order; none where the person may not. */
export const inlineCodes = (shown: Field[], mayEdit: boolean): string[] => (mayEdit ? shown.filter(isInline).map((field) => field.code) : []);

/** The columns of the list; on a phone two that carry the essentials. */
export function useCustomerColumns(shown: Field[], layout: Column[], phone: boolean, editing: Editing<Customer>): DataColumn<Customer>[] {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const label = useLabel();
  const { may, cell, place } = editing;
  return useMemo(() => {
    if (phone) return phoneColumns(t("list.customer"), t("list.score"));
    const width = Object.fromEntries(shown.map((field) => [field.code, layout.find((column) => column.code === field.code)?.width ?? usualWidth(field)]));
    const columns = fieldColumns<Customer>(shown, {
      format,
      label,
      words: { yes: t("shared:yes"), no: t("shared:no") },
      width,
      render: {
        name: (row) => <Name row={row} />,
        grade: (row) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />,
        computed_grade: (row) => (row.override ? <GradeBadge grade={row.computed_grade} /> : UNKNOWN),
        score: (row) => <Score value={row.score} grade={row.grade} />,
        owner: (row) => row.owner?.name ?? UNKNOWN,
        department: (row) => row.department?.name ?? UNKNOWN,
        source: (row) => <SourceText source={row.source} />,
        tags: (row) => <Tags tags={row.tags ?? []} />,
      },
    });
    const named = columns.map((column) => (column.key === "name" ? { ...column, fixed: "left" as const, ellipsis: true } : column));
    return inPlace(named, shown, editing);
    // What opens, closes and saves is made anew at each draw; what it does stays the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, layout, phone, format, label, t, may, cell, place]);
}

function Name({ row }: { row: Customer }) {
  return (
    <>
      <Link to={`/customers/${row.id}`} className={styles.name}>
        {row.name}
      </Link>
      {row.added?.do_not_contact === true && <NeverMark />}
    </>
  );
}

function phoneColumns(customer: string, score: string): DataColumn<Customer>[] {
  return [
    {
      key: "name", title: customer, sortable: true, width: 210,
      render: (_, row) => (
        <div className={styles.compact}>
          <Name row={row} />
          <div className={styles.under}>
            <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} /> {row.owner?.name}
          </div>
        </div>
      ),
    },
    { key: "score", title: score, numeric: true, sortable: true, width: 92, render: (_, row) => <Score value={row.score} grade={row.grade} /> },
  ];
}
