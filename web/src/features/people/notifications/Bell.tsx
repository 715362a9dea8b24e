import { BellOutlined } from "@ant-design/icons";
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { NoticeList } from "./NoticeList";
import { useLatestNotices, useMarkRead } from "./api";
import styles from "./notifications.module.css";

/** The bell of the top bar: how many notices are unread, the newest of them on a click. */
export function Bell() {
  const { t } = useTranslation("people");
  const { pathname } = useLocation();
  const latest = useLatestNotices();
  const read = useMarkRead();
  // Open for the page it was opened on: following a notice closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const unread = latest.data?.unread ?? 0;
  const items = latest.data?.items ?? [];
  const content = (
    <div className={styles.pop}>
      <div className={styles.popHead}>
        <strong>{t("notice.title")}</strong>
        <Button type="link" size="small" disabled={unread === 0} onClick={() => read.mutate(null)}>
          {t("notice.read_all")}
        </Button>
      </div>
      {items.length === 0 ? <p className={styles.nothing}>{t("notice.none")}</p> : <NoticeList items={items} onRead={(id) => read.mutate([id])} />}
      <Link to="/notifications" className={styles.all}>
        {t("notice.all")}
      </Link>
    </div>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={openOn === pathname}
      onOpenChange={(open) => setOpenOn(open ? pathname : null)}
      content={content}
      destroyOnHidden
    >
      <Button
        type="text"
        aria-label={unread ? t("notice.bell_unread", { count: unread }) : t("notice.title")}
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined />
          </Badge>
        }
      />
    </Popover>
  );
}
