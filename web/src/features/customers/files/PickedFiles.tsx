import { CloseOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useFileRules, type Picked } from "./files";
import styles from "./files.module.css";

interface Props {
  picked: Picked[];
  /** The one on its way. */
  sending: number | null;
  onRemove: (key: number) => void;
}

/** Files chosen and not sent yet. */
export function PickedFiles({ picked, sending, onRemove }: Props) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const most = useFileRules().data?.most_bytes ?? 0;
  if (picked.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t("files.picked")}>
      {picked.map(({ key, file, tooLarge }) => (
        <li key={key} className={styles.file}>
          <span className={styles.link}>
            <PaperClipOutlined />
            <span className={styles.name}>{file.name}</span>
            <span className={tooLarge ? styles.wrong : styles.size}>
              {tooLarge ? t("files.too_large", { most: format.bytes(most) }) : sending === key ? t("files.sending") : format.bytes(file.size)}
            </span>
          </span>
          <Button type="text" size="small" icon={<CloseOutlined />} disabled={sending === key} aria-label={t("files.leave_out", { name: file.name })} onClick={() => onRemove(key)} />
        </li>
      ))}
    </ul>
  );
}
