import { Button, Popconfirm, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Loaded } from "@/shared/ui/Loaded";
import { TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { RelativeTime } from "@/shared/ui/values";
import { useEndSession, useEndSessions, useSessions } from "./api";
import styles from "./signin.module.css";

/** Where a person (null: oneself) is signed in, each to be ended. */
export function Sessions({ userId }: { userId: number | null }) {
  const { t } = useTranslation("people");
  const failed = useFailed();
  const sessions = useSessions(userId);
  const end = useEndSession(userId);
  const endAll = useEndSessions(userId);
  return (
    <Loaded query={sessions} waiting={<TableSkeleton rows={3} />} none={<p>{t("security.no_sessions")}</p>}>
      {(found) => {
        const others = found.filter((one) => !one.current).length;
        return (
          <>
            <ul className={styles.sessions}>
              {found.map((one) => (
                <li key={one.id}>
                  <span>
                    {one.device} {one.current && <Tag>{t("security.here")}</Tag>}
                    <span className={styles.sub}>
                      {one.place} · {t("security.last_seen")} <RelativeTime value={one.last_seen} />
                    </span>
                  </span>
                  {!one.current && (
                    <Button size="small" loading={end.isPending && end.variables === one.id} onClick={() => void end.mutateAsync(one.id).catch(failed)}>
                      {t("security.end")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {others > 1 && (
              <Popconfirm title={t("security.end_all_title")} onConfirm={() => endAll.mutateAsync(undefined).catch(failed)}>
                <Button danger>{t("security.end_all")}</Button>
              </Popconfirm>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
