/** What a saved view keeps of a list, and whether the list has been changed since. */
import { partOf, treeOf, asGroup, pruned, NO_FILTER, type Group } from "../filter/filter";
import { filterAddress, readFilter } from "../filter/written";
import type { Column } from "../table/layout";

export interface Content {
  filter: unknown;
  q: string | null;
  sort: string | null;
  columns: Column[];
  group_by: string | null;
}

export interface ListShape {
  filter: Group;
  q: string;
  sort: string | null;
  group: string | null;
}

/** The filter of a view, which the server keeps as a tree or as its text. */
function filterOf(content: Pick<Content, "filter">): Group {
  if (typeof content.filter === "string") return readFilter(content.filter);
  const part = partOf(content.filter);
  return part ? pruned(asGroup(part)) : NO_FILTER;
}

/** What the list shows when the view is opened. */
export const shapeOf = (content: Content): ListShape => ({ filter: filterOf(content), q: content.q ?? "", sort: content.sort, group: content.group_by });

export const contentOf = (list: ListShape, columns: Column[]): Content => ({
  filter: list.filter.conditions.length > 0 ? treeOf(list.filter) : null,
  q: list.q.trim() || null,
  sort: list.sort,
  columns,
  group_by: list.group,
});

const columnsText = (columns: Column[]) => columns.map((column) => `${column.code}:${column.width ?? ""}`).join();

/** Whether the list shows something else than the view says; `columns` are the present ones when they were changed. */
export function isChanged(content: Content, list: ListShape, columns: Column[] | null, usualSort: string | null): boolean {
  const kept = shapeOf(content);
  return (
    filterAddress(kept.filter) !== filterAddress(list.filter) ||
    kept.q !== list.q.trim() ||
    (kept.sort ?? usualSort) !== (list.sort ?? usualSort) ||
    (kept.group ?? null) !== (list.group ?? null) ||
    (columns !== null && columnsText(columns) !== columnsText(content.columns))
  );
}
