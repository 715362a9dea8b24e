import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { JobState } from "@/shared/api/types";
import { filterAddress } from "@/shared/filter/written";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { JOB_TONES, Status } from "@/shared/ui/Status";
import { DateTimeText, NumberText } from "@/shared/ui/values";
import { useHandOvers, type HandOver } from "./api";
import styles from "./handOver.module.css";

/** What was handed over so far, newest first. */
export function HandOverHistory() {
  const { t } = useTranslation("assignment");
  const found = useHandOvers();
  return (
    <Panel title={t("handing.history")} extra={<Link to="/changes?kind=hand_over">{t("handing.to_undo")}</Link>}>
      <LoadedPages query={found} waiting={<TableSkeleton rows={3} />} none={<EmptyState title={t("handing.none")} why={t("handing.none_why")} />}>
        {(items) => (
          <ScrollTable<HandOver>
            aria-label={t("handing.history")}
            size="middle"
            rowKey="id"
            dataSource={items}
            pagination={false}
            scroll={{ x: "max-content" }}
            columns={[
              { key: "at", title: t("column.at"), render: (_, one) => <DateTimeText value={one.at} /> },
              { key: "by", title: t("column.by"), render: (_, one) => (one.by.name === "system" ? t("column.system") : one.by.name) },
              { key: "to", title: t("handing.to"), render: (_, one) => one.to || "–" },
              { key: "reason", title: t("handing.reason"), render: (_, one) => <div className={styles.reason}>{one.reason}</div> },
              { key: "moved", title: t("handing.moved"), align: "right", render: (_, one) => <Moved one={one} /> },
              { key: "left", title: t("handing.left"), render: (_, one) => <Left one={one} /> },
              { key: "state", title: t("column.state"), render: (_, one) => <State one={one} /> },
            ]}
          />
        )}
      </LoadedPages>
      <LoadMore query={found} />
    </Panel>
  );
}

/** How many changed hands; the number opens them. */
function Moved({ one }: { one: HandOver }) {
  if (!one.change_set_id || one.moved === 0) return <NumberText value={one.moved} />;
  const address = filterAddress({ mode: "all", conditions: [{ field: "change_set", op: "has_any", value: [String(one.change_set_id)] }] });
  return <Link to={`/customers?filter=${address}`}><NumberText value={one.moved} /></Link>;
}

function Left({ one }: { one: HandOver }) {
  const { t } = useTranslation("assignment");
  const entries = Object.entries(one.left).filter(([, count]) => count > 0);
  if (entries.length === 0) return <>–</>;
  return <ul className={styles.list}>{entries.map(([why, count]) => <li key={why}>{t(`handing.stayed.${why as "changed"}`, { count })}</li>)}</ul>;
}

function State({ one }: { one: HandOver }) {
  const { t } = useTranslation(["assignment", "shared"]);
  const taken = one.undone && one.undone !== "done";
  if (taken) return <Status tone={one.undone === "partly_undone" ? "bad" : "off"}>{t(`handing.undone.${one.undone}`, { defaultValue: one.undone })}</Status>;
  return <Status tone={JOB_TONES[one.state as JobState]}>{t(`shared:job.${one.state as JobState}`)}</Status>;
}
