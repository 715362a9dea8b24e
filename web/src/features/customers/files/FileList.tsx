import { DeleteOutlined, FileImageOutlined, FileOutlined, FilePdfOutlined, FilePptOutlined, FileTextOutlined, FileWordOutlined, FileExcelOutlined, FileZipOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useFailed } from "@/shared/ui/useFailed";
import { useRefreshCustomer } from "../api";
import { contentUrl, previewUrl, restoreFile, trashFile, type Shown } from "./files";
import styles from "./files.module.css";

const ICONS: Record<string, ComponentType> = {
  pdf: FilePdfOutlined, docx: FileWordOutlined, xlsx: FileExcelOutlined, csv: FileExcelOutlined, pptx: FilePptOutlined, zip: FileZipOutlined, txt: FileTextOutlined,
  png: FileImageOutlined, jpeg: FileImageOutlined, gif: FileImageOutlined, webp: FileImageOutlined,
};

/** Files, each with its picture when it is one; a click keeps it on this machine. */
export function FileList({ customerId, files }: { customerId: number; files: Shown[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.map((one) => <OneFile key={one.id} customerId={customerId} file={one} />)}
    </ul>
  );
}

function OneFile({ customerId, file }: { customerId: number; file: Shown }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const trash = useTrash(customerId, file.id);
  const Icon = ICONS[file.kind] ?? FileOutlined;
  return (
    <li className={styles.file}>
      <a href={contentUrl(file.id)} download={file.name} className={styles.link}>
        {file.preview ? <img className={styles.picture} src={previewUrl(file.id)} alt="" loading="lazy" /> : <Icon />}
        <span className={styles.name}>{file.name}</span>
        <span className={styles.size}>{format.bytes(file.size)}</span>
      </a>
      {file.may_remove && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("files.remove", { name: file.name })} onClick={trash} />}
    </li>
  );
}

/** Into the trash, with a way back for a while. */
function useTrash(customerId: number, id: number): () => void {
  const { t } = useTranslation("customers");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshCustomer(customerId);
  const restore = () => void restoreFile(id).then(() => { message.destroy(`file ${id}`); refresh(); }, failed);
  const trashed = () => {
    refresh();
    const undo = <Button type="link" size="small" onClick={restore}>{t("notes.undo")}</Button>;
    void message.open({ key: `file ${id}`, type: "success", duration: 8, content: <>{t("notes.trashed")} {undo}</> });
  };
  return () => void trashFile(id).then(trashed, failed);
}
