import type { ReactNode } from "react";
import type { Field } from "@/shared/api/types";
import type { DataColumn } from "@/shared/table/DataTable";
import type { ListKind } from "../api";
import { InlineEditor } from "./InlineEditor";
import styles from "./list.module.css";
import type { Cell } from "./useCell";

export interface Editing<Row> {
  kind: ListKind;
  /** Whether this cell is edited in place. */
  may: (field: Field, row: Row) => boolean;
  cell: Cell | null;
  open: (cell: Cell) => void;
  close: (cell: Cell) => void;
  save: (row: Row, field: Field, value: unknown) => void;
  /** A cell was pressed: the keyboard goes on from there. */
  place?: (id: number, code: string | null) => void;
}

/** The columns of a list with the cells that a double click opens for editing. */
export function inPlace<Row extends { id: number; name: string }>(columns: DataColumn<Row>[], shown: Field[], { kind, may, cell, open, close, save, place }: Editing<Row>): DataColumn<Row>[] {
  return columns.map((column) => {
    const field = shown.find((one) => one.code === column.key);
    if (!field) return column;
    return {
      ...column,
      onCell: (row) => {
        const editable = may(field, row);
        return {
          "data-column": column.key,
          className: editable ? styles.editable : undefined,
          onClick: () => place?.(row.id, editable ? column.key : null),
          onDoubleClick: editable ? () => open({ id: row.id, code: column.key }) : undefined,
        } as object;
      },
      render: (value, row, index) =>
        cell?.id === row.id && cell.code === column.key ? (
          <InlineEditor kind={kind} field={field} row={row} onSave={(next) => save(row, field, next)} onClose={() => close({ id: row.id, code: column.key })} />
        ) : (
          (column.render as (value: unknown, row: Row, index: number) => ReactNode)(value, row, index)
        ),
    };
  });
}
