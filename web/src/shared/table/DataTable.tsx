import type { TableProps } from "antd";
import type { ColumnType } from "antd/es/table";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PAGE_SIZES, type ListControl } from "../list/useListState";
import { ErrorState, TableSkeleton } from "../ui/states";
import styles from "./DataTable.module.css";
import { HeaderCell } from "./HeaderCell";
import { ScrollTable } from "./ScrollTable";

export interface DataColumn<T> extends ColumnType<T> {
  key: string;
  numeric?: boolean;
  sortable?: boolean;
}

interface Props<T> {
  label: string;
  rowKey: keyof T & string;
  columns: DataColumn<T>[];
  rows: T[] | undefined;
  list: ListControl;
  /** Rows in all; unknown while it is being counted. */
  count: number | undefined;
  loading: boolean;
  error: unknown;
  retry: () => void;
  empty: ReactNode;
  /** Fills the window's height and scrolls inside; off on a phone. */
  fill?: boolean;
  rowSelection?: TableProps<T>["rowSelection"];
  /** Columns that can be widened and moved; what is chosen is the page's to keep. */
  layout?: { onWiden: (column: string, width: number) => void; onMove: (column: string, before: string) => void };
  onRow?: TableProps<T>["onRow"];
}

/** How much height is left below the table's top, once it is shown; what stands above it may grow. */
function useRoom(enabled: boolean, shown: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<number | undefined>(undefined);
  useLayoutEffect(() => {
    const table = box.current;
    if (!table) return undefined;
    const measure = () => {
      const left = window.innerHeight - table.getBoundingClientRect().top - window.scrollY - 140;
      setRoom(enabled && window.innerWidth >= 768 && left > 240 ? left : undefined);
    };
    measure();
    window.addEventListener("resize", measure);
    const above = new ResizeObserver(measure);
    if (table.previousElementSibling) above.observe(table.previousElementSibling);
    return () => {
      window.removeEventListener("resize", measure);
      above.disconnect();
    };
  }, [enabled, shown]);
  return { box, room };
}

/** "name" or "-name" as the table's order of a column. */
export function orderOf(sort: string | null, key: string): "ascend" | "descend" | null {
  const first = sort?.split(",")[0] ?? "";
  if (first === key) return "ascend";
  return first === `-${key}` ? "descend" : null;
}

const HEADER = { header: { cell: HeaderCell } };

/** A table whose paging and sorting are done by the server and kept in the address. */
export function DataTable<T extends object>(props: Props<T>) {
  const { label, rowKey, columns, rows, list, count, loading, error, retry, empty, fill = true, rowSelection, layout, onRow } = props;
  const { t } = useTranslation("shared");
  const { box, room } = useRoom(fill, rows !== undefined);
  const [pulled, setPulled] = useState<{ column: string; width: number } | null>(null);
  if (error && !rows) return <ErrorState error={error} retry={retry} />;
  if (!rows) return <TableSkeleton />;
  const known = count ?? (list.page - 1) * list.size + rows.length + (rows.length === list.size ? 1 : 0);
  const prepared = columns.map(({ numeric, sortable, ...column }) => ({
    ...column,
    align: numeric ? ("right" as const) : column.align,
    className: numeric ? styles.numeric : column.className,
    sorter: Boolean(sortable),
    sortOrder: sortable ? orderOf(list.sort, column.key) : null,
    showSorterTooltip: false,
    ...(layout && {
      width: pulled?.column === column.key ? pulled.width : column.width,
      ellipsis: true,
      onHeaderCell: () =>
        ({
          column: column.key,
          onMove: layout.onMove,
          onResize: (key: string, width: number, done: boolean) => {
            setPulled(done ? null : { column: key, width });
            if (done) layout.onWiden(key, width);
          },
        }) as object,
    }),
  }));
  const across = layout ? prepared.reduce((sum, column) => sum + Number(column.width ?? 140), rowSelection ? 44 : 0) : "max-content";
  return (
    <div ref={box} className={styles.table}>
      <ScrollTable<T>
        aria-label={label}
        size="middle"
        rowKey={rowKey}
        columns={prepared}
        dataSource={rows}
        loading={loading}
        rowSelection={rowSelection}
        components={layout && HEADER}
        onRow={onRow}
        scroll={{ x: across, y: rows.length > 0 ? room : undefined }}
        locale={{ emptyText: empty }}
        pagination={{
          current: list.page,
          pageSize: list.size,
          total: known,
          pageSizeOptions: PAGE_SIZES,
          showSizeChanger: known > (PAGE_SIZES[0] ?? 25),
          hideOnSinglePage: false,
          showTotal: (total, [from, to]) => (count === undefined ? null : t("table.range", { from, to, total })),
          responsive: true,
        }}
        onChange={(pagination, _filters, sorter, extra) => {
          if (extra.action === "paginate") {
            list.set({ page: pagination.current ?? 1, size: pagination.pageSize ?? list.size });
          } else if (extra.action === "sort" && !Array.isArray(sorter)) {
            const key = String(sorter.columnKey);
            list.set({ sort: sorter.order === "ascend" ? key : sorter.order === "descend" ? `-${key}` : null });
          }
        }}
      />
    </div>
  );
}
