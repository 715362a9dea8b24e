import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "@/shared/i18n/i18n";
import { RelativeTime } from "@/shared/ui/values";
import type { Notice } from "./api";
import styles from "./notifications.module.css";

interface Props {
  items: Notice[];
  onRead: (id: number) => void;
}

/** Notices one below the other; unread ones carry a mark and a button. */
export function NoticeList({ items, onRead }: Props) {
  const { t } = useTranslation("people");
  const label = useLabel();
  return (
    <ul className={styles.list}>
      {items.map((one) => (
        <li key={one.id} className={one.read ? styles.item : `${styles.item} ${styles.unread}`}>
          <div className={styles.words}>
            {one.link ? (
              <Link to={one.link} onClick={() => !one.read && onRead(one.id)}>
                {label(one.text)}
              </Link>
            ) : (
              <span>{label(one.text)}</span>
            )}
            <span className={styles.meta}>
              {!one.read && <span className="visually-hidden">{t("notice.unread")}</span>}
              {label(one.title)} · <RelativeTime value={one.at} />
            </span>
          </div>
          {!one.read && (
            <Button type="text" size="small" onClick={() => onRead(one.id)}>
              {t("notice.read")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
