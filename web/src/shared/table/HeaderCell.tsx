import { useRef, type DragEvent, type HTMLAttributes, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import styles from "./DataTable.module.css";

interface HeaderProps {
  /** The column's code; without one the cell is left as it is. */
  column?: string;
  onResize?: (column: string, width: number, done: boolean) => void;
  onMove?: (column: string, before: string) => void;
}

const NARROWEST = 64;
const MIME = "application/x-jinzita-column";

/** A column's heading: its right edge is pulled to widen it, the whole is dragged to another place. */
export function HeaderCell({ column, onResize, onMove, children, ...rest }: HeaderProps & HTMLAttributes<HTMLTableCellElement>) {
  const { t } = useTranslation("shared");
  const cell = useRef<HTMLTableCellElement>(null);
  const pulling = useRef(false);
  if (!column || !onResize || !onMove) return <th {...rest}>{children}</th>;

  const pull = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const from = event.clientX;
    const before = cell.current?.offsetWidth ?? NARROWEST;
    const widthAt = (x: number) => Math.max(NARROWEST, Math.round(before + x - from));
    pulling.current = true;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => onResize(column, widthAt(move.clientX), false);
    handle.onpointerup = (up) => {
      handle.onpointermove = null;
      handle.onpointerup = null;
      pulling.current = false;
      onResize(column, widthAt(up.clientX), true);
    };
  };
  const start = (event: DragEvent) => {
    if (pulling.current) return event.preventDefault();
    event.dataTransfer.setData(MIME, column);
    event.dataTransfer.effectAllowed = "move";
  };
  const over = (event: DragEvent) => {
    if (event.dataTransfer.types.includes(MIME)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const moved = event.dataTransfer.getData(MIME);
    if (moved && moved !== column) onMove(moved, column);
  };
  return (
    <th {...rest} ref={cell} draggable onDragStart={start} onDragOver={over} onDrop={drop}>
      {children}
      {/* The order and width of columns can also be set in the list of columns, by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events */}
      <span className={styles.edge} title={t("table.widen")} onPointerDown={pull} onClick={(event) => event.stopPropagation()} />
    </th>
  );
}
