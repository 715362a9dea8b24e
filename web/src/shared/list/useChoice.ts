/** The boxes before a list's rows: which are chosen, and whether to offer all that the list finds. */
import type { TableProps } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { changed, sizeOf, toggled, useSelection } from "./selection";

export function useChoice<T extends { id: number; name?: string }>(rows: T[], total: number | undefined, scope: object) {
  const { t } = useTranslation("shared");
  const { selection, put, clear } = useSelection(JSON.stringify(scope));
  const page = useMemo(() => rows.map((row) => row.id), [rows]);
  const marked = selection.all ? page : selection.ids;
  const boxes: TableProps<T>["rowSelection"] = {
    selectedRowKeys: marked,
    preserveSelectedRowKeys: true,
    columnWidth: 44,
    fixed: true,
    onChange: (keys) => put(changed(keys as number[])),
    getCheckboxProps: (row) => ({ "aria-label": t("table.choose", { name: row.name ?? row.id }) }) as object,
  };
  return {
    selection,
    page,
    boxes,
    total,
    count: sizeOf(selection, total),
    some: marked.length > 0,
    /** Every row of the page is chosen, and there are more. */
    offerAll: !selection.all && total !== undefined && total > page.length && page.length > 0 && page.every((id) => marked.includes(id)),
    all: () => put({ ids: [], all: true }),
    toggle: (id: number) => put(toggled(selection, id, page)),
    clear,
  };
}

export type Choice = Omit<ReturnType<typeof useChoice>, "boxes">;
