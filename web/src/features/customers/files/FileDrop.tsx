import { useRef, useState, type ClipboardEvent, type DragEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";

interface Props {
  /** Null: nothing may be brought here. */
  onFiles: ((files: FileList) => void) | null;
  children: ReactNode;
}

const hasFiles = (data: DataTransfer) => Array.from(data.types).includes("Files");

/** Takes files that are dropped on it, and pictures pasted into what it holds. */
export function FileDrop({ onFiles, children }: Props) {
  const { t } = useTranslation("customers");
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  if (!onFiles) return children;
  const move = (by: number) => (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    depth.current = 0;
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    onFiles(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    onFiles(event.clipboardData.files);
  };
  const allow = (event: DragEvent) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  };
  return (
    <div className={styles.drop} onDragEnter={move(1)} onDragLeave={move(-1)} onDragOver={allow} onDrop={drop} onPaste={paste}>
      {children}
      {over && <div className={styles.over}>{t("files.drop")}</div>}
    </div>
  );
}
