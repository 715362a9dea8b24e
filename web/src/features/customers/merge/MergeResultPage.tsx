import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/states";
import { DateTimeText } from "@/shared/ui/values";
import { PLACES, useMerge, type What } from "./api";
import { Counts } from "./MovingRows";
import { UnmergeDialog } from "./UnmergeDialog";
import styles from "./merge.module.css";

/** What a merge did, and the way back. */
export function Component() {
  const { t } = useTranslation("customers");
  const merge = useMerge(Number(useParams().mergeId));
  const may = useCan(CAN.merge);
  const [parting, setParting] = useState(false);
  return (
    <Loaded query={merge} waiting={<PageSkeleton />}>
      {(one) => (
        <>
          <PageHeader
            title={t("merge.result", { name: one.survivor.name })}
            about={<>{one.by} · <DateTimeText value={one.at} /></>}
            actions={
              may && !one.undone_at ? <Button onClick={() => setParting(true)}>{t("merge.undo")}</Button> : undefined
            }
          />
          <div className={styles.page}>
            {one.undone_at ? (
              <Alert type="info" showIcon title={t("merge.is_undone", { name: one.undone_by })} description={<DateTimeText value={one.undone_at} />} />
            ) : (
              <Alert
                type="success"
                showIcon
                title={t("merge.done")}
                description={
                  <>
                    <p className={styles.doneWhy}>{t(`merge.${one.what as What}.done_why`)}</p>
                    <Link to={PLACES[one.what as What].record(one.survivor.id)}>{t(`merge.${one.what as What}.open`)}</Link>
                  </>
                }
              />
            )}
            <Panel title={t(`merge.${one.what as What}.records`)}>
              <ul className={styles.counts}>
                {[one.survivor, ...one.merged].map((record) => (
                  <li key={record.id}>
                    {one.undone_at ? <Link to={PLACES[one.what as What].record(record.id)}>{record.name}</Link> : record.name}
                    {record.id === one.survivor.id && <span className={styles.muted}> {t("merge.stayed")}</span>}
                  </li>
                ))}
              </ul>
            </Panel>
            <Panel title={t("merge.moved")}>
              {one.moved.length ? <Counts rows={one.moved} /> : <p className={styles.muted}>{t("merge.moved_nothing")}</p>}
            </Panel>
          </div>
          {parting && <UnmergeDialog mergeId={one.id} onClose={() => setParting(false)} />}
        </>
      )}
    </Loaded>
  );
}
