import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useKeys } from "@/shared/keys/keys";
import type { Cursor } from "@/shared/table/useCursor";
import type { Customer } from "../api";
import type { Cell } from "./useCell";

interface Does {
  cursor: Cursor<Customer>;
  edit: (cell: Cell) => void;
  look: (id: number | null) => void;
  looking: boolean;
  choose: (id: number) => void;
  mayCreate: boolean;
  create: () => void;
}

/** The keys of the list: through rows and cells, open, quick look, choose, edit. */
export function useListKeys({ cursor, edit, look, looking, choose, mayCreate, create }: Does): void {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const group = t("list.keys");
  const move = (down: number) => {
    cursor.move(down);
    const row = cursor.row();
    if (looking && row) look(row.id);
  };
  const withRow = (run: (row: Customer) => void) => () => {
    const row = cursor.row();
    if (row) run(row);
  };
  const open = withRow((row) => void navigate(`/customers/${row.id}`));
  const editCell = withRow((row) => {
    const code = cursor.column();
    if (code) edit({ id: row.id, code });
  });
  useKeys([
    { keys: ["j", "ArrowDown"], label: t("list.key.down"), group, always: looking, run: () => move(1) },
    { keys: ["k", "ArrowUp"], label: t("list.key.up"), group, always: looking, run: () => move(-1) },
    { keys: ["ArrowRight"], label: t("list.key.right"), group, run: () => cursor.move(0, 1) },
    { keys: ["ArrowLeft"], label: t("list.key.left"), group, run: () => cursor.move(0, -1) },
    { keys: ["Enter"], label: t("list.key.enter"), group, run: () => (cursor.column() ? editCell() : open()) },
    { keys: ["F2"], label: t("list.key.edit"), group, run: editCell },
    { keys: ["o"], label: t("list.key.open"), group, run: open },
    { keys: [" "], label: t("list.key.look"), group, always: looking, run: withRow((row) => look(looking ? null : row.id)) },
    { keys: ["x"], label: t("list.key.choose"), group, run: withRow((row) => choose(row.id)) },
    ...(mayCreate ? [{ keys: ["c"], label: t("list.new"), group, run: create }] : []),
  ]);
}
