import { BellOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import { NoticeList } from "./NoticeList";
import { useMarkRead, useNotices } from "./api";
import styles from "./notifications.module.css";

/** Everything the person was told, newest first. */
export function Component() {
  const { t } = useTranslation("people");
  const [params, setParams] = useSearchParams();
  const unreadOnly = params.get("show") === "unread";
  const notices = useNotices(unreadOnly);
  const read = useMarkRead();
  const unread = notices.data?.pages[0]?.unread ?? 0;
  return (
    <>
      <PageHeader
        title={t("notice.title")}
        count={unread > 0 && <NumberText value={unread} />}
        actions={
          <>
            <Link to="/me#notifications">
              <Button icon={<SettingOutlined />}>{t("notice.settings")}</Button>
            </Link>
            <Button type="primary" disabled={unread === 0} loading={read.isPending} onClick={() => read.mutate(null)}>
              {t("notice.read_all")}
            </Button>
          </>
        }
      />
      <div className={styles.filter}>
        <Segmented
          aria-label={t("notice.show")}
          value={unreadOnly ? "unread" : "all"}
          onChange={(value) => setParams(value === "unread" ? { show: "unread" } : {}, { replace: true })}
          options={[{ value: "all", label: t("notice.show_all") }, { value: "unread", label: t("notice.unread") }]}
        />
      </div>
      <LoadedPages query={notices} none={<EmptyState title={t(unreadOnly ? "notice.none_unread" : "notice.none")} why={t("notice.none_why")} icon={<BellOutlined style={{ fontSize: 40 }} />} />}>
        {(items) => (
          <div className={styles.panel}>
            <NoticeList items={items} onRead={(id) => read.mutate([id])} />
            <LoadMore query={notices} />
          </div>
        )}
      </LoadedPages>
    </>
  );
}
