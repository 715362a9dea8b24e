import { useTranslation } from "react-i18next";
import { useKeys } from "../keys/keys";
import type { Cursor } from "../table/useCursor";

interface Row {
  id: number;
}

interface Does<T extends Row> {
  cursor: Cursor<T>;
  /** Missing where a row opens nothing. */
  open?: (row: T) => void;
  /** Edits a cell in place; a list without cells to edit gives none. */
  edit?: (row: T, code: string) => void;
  /** Shows a row beside the list, or none. */
  look?: (id: number | null) => void;
  looking?: boolean;
  choose?: (id: number) => void;
  /** Missing for those who may not. */
  create?: { label: string; run: () => void };
}

/** The keys of a list: through rows and cells, open, quick look, choose, edit. */
export function useListKeys<T extends Row>({ cursor, open, edit, look, looking = false, choose, create }: Does<T>): void {
  const { t } = useTranslation("shared");
  const group = t("keys.list");
  const move = (down: number) => {
    cursor.move(down);
    const row = cursor.row();
    if (looking && row) look?.(row.id);
  };
  const withRow = (run: (row: T) => void) => () => {
    const row = cursor.row();
    if (row) run(row);
  };
  const openRow = withRow((row) => open?.(row));
  const editCell = withRow((row) => {
    const code = cursor.column();
    if (code) edit?.(row, code);
  });
  useKeys([
    { keys: ["j", "ArrowDown"], label: t("keys.down"), group, always: looking, run: () => move(1) },
    { keys: ["k", "ArrowUp"], label: t("keys.up"), group, always: looking, run: () => move(-1) },
    ...(edit
      ? [
          { keys: ["ArrowRight"], label: t("keys.right"), group, run: () => cursor.move(0, 1) },
          { keys: ["ArrowLeft"], label: t("keys.left"), group, run: () => cursor.move(0, -1) },
          { keys: ["Enter"], label: t("keys.open_or_edit"), group, run: () => (cursor.column() ? editCell() : openRow()) },
          { keys: ["F2"], label: t("keys.edit"), group, run: editCell },
          { keys: ["o"], label: t("keys.open"), group, run: openRow },
        ]
      : open
        ? [{ keys: ["Enter", "o"], label: t("keys.open"), group, run: openRow }]
        : []),
    ...(look ? [{ keys: [" "], label: t("keys.look"), group, always: looking, run: withRow((row) => look(looking ? null : row.id)) }] : []),
    ...(choose ? [{ keys: ["x"], label: t("keys.choose"), group, run: withRow((row) => choose(row.id)) }] : []),
    ...(create ? [{ keys: ["c"], label: create.label, group, run: create.run }] : []),
  ]);
}
