import type { ColumnType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { GradeBadge } from "@/shared/ui/Grade";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { DateText, RelativeTime } from "@/shared/ui/values";
import { useOverrides, type GradeOverride, type OverrideState } from "./api";
import { OverrideActions } from "./OverrideActions";
import styles from "./overrides.module.css";

interface Props {
  states?: OverrideState[];
  /** Those alone that wait for this person. */
  toDecide?: boolean;
}

/** Overridden grades: which customer, which grade, why, until when, who decided. */
export function OverrideTable({ states, toDecide = false }: Props) {
  const { t } = useTranslation("value");
  const found = useOverrides({ state: states, to_decide: toDecide });
  return (
    <LoadedPages query={found} waiting={<TableSkeleton rows={4} />} none={<EmptyState title={t(toDecide ? "override.none_to_decide" : "override.none")} why={t(toDecide ? "override.none_to_decide_why" : "override.none_why")} />}>
      {(items) => {
        const columns: ColumnType<GradeOverride>[] = [
          { key: "customer", title: t("override.customer"), render: (_, one) => <Asked one={one} /> },
          { key: "grade", title: t("override.by_score"), responsive: ["md"], render: (_, one) => <GradeBadge grade={one.customer.computed_grade} /> },
          { key: "to", title: t("override.grade"), responsive: ["md"], render: (_, one) => <GradeBadge grade={one.grade} /> },
          { key: "reason", title: t("override.reason"), responsive: ["md"], render: (_, one) => <span className={styles.reason}>{one.reason}</span> },
          { key: "until", title: t("override.until"), responsive: ["md"], render: (_, one) => <DateText value={one.until} /> },
          { key: "state", title: t("override.state"), responsive: ["md"], render: (_, one) => <State one={one} /> },
          { key: "asked", title: t("override.asked"), responsive: ["md"], render: (_, one) => <By one={one} /> },
          { key: "actions", title: <span className="visually-hidden">{t("override.actions")}</span>, align: "right", render: (_, one) => <OverrideActions one={one} /> },
        ];
        return (
          <>
            <ScrollTable<GradeOverride> aria-label={t("override.title")} size="middle" rowKey="id" columns={columns} dataSource={items} pagination={false} scroll={{ x: "max-content" }} />
            <LoadMore query={found} />
          </>
        );
      }}
    </LoadedPages>
  );
}

/** The customer; on a phone also everything else about it. */
function Asked({ one }: { one: GradeOverride }) {
  const { t } = useTranslation("value");
  return (
    <>
      <Link to={`/customers/${one.customer.id}`}>{one.customer.name}</Link>
      <OnPhone>
        <GradeBadge grade={one.customer.computed_grade} /> <span aria-hidden>→</span> <GradeBadge grade={one.grade} /> {t("override.until")} <DateText value={one.until} />
      </OnPhone>
      <OnPhone>{one.reason}</OnPhone>
      <OnPhone><By one={one} /></OnPhone>
      <OnPhone><State one={one} /></OnPhone>
    </>
  );
}

function By({ one }: { one: GradeOverride }) {
  const { t } = useTranslation("value");
  return <>{one.asked_by?.name ?? t("runs.system")} <span className={styles.muted}><RelativeTime value={one.asked_at} /></span></>;
}

/** The state, with who brought it about and in which words. */
function State({ one }: { one: GradeOverride }) {
  const { t } = useTranslation("value");
  const ended = one.state === "ended" || one.state === "withdrawn";
  const by = ended ? one.ended_by?.name : one.decided_by?.name;
  const words = ended ? one.ended_why : one.answer;
  return (
    <>
      {t(`override.states.${one.state}`)}
      {(by ?? words) && <span className={`${styles.muted} ${styles.reason}`}>{[by, words].filter(Boolean).join(" · ")}</span>}
    </>
  );
}
