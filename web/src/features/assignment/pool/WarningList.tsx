import { CheckCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge } from "@/shared/ui/Grade";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { DateText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { useWarnings, type Warned } from "./api";
import { Due, usePostponing, WarningActions } from "./WarningParts";

/** Those about to fall back that wait for one: the own customers, or what others ask more time for. */
export function WarningList({ of, onRecord }: { of: "mine" | "asked"; onRecord: (customerId: number) => void }) {
  const { t } = useTranslation(["assignment", "shared"]);
  const mine = of === "mine";
  const warnings = useWarnings(of);
  const postponing = usePostponing();
  const grade = (row: Warned) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />;
  const cause = (row: Warned) => t(`pool.causes.${row.cause as "no_contact"}`);
  return (
    <Loaded query={warnings} waiting={<TableSkeleton rows={4} />}>
      {(found) => (
        <div className={styles.boxed}>
          <ScrollTable<Warned>
            aria-label={t("pool.about_to_fall")}
            size="middle"
            rowKey="id"
            dataSource={found}
            pagination={false}
            scroll={{ x: "max-content" }}
            locale={{ emptyText: <EmptyState title={t("pool.no_warnings")} why={t("pool.no_warnings_why")} icon={<CheckCircleOutlined style={{ fontSize: 40 }} />} /> }}
            columns={[
              {
                key: "name", title: t("column.customer"),
                render: (_, row) => (
                  <>
                    <Link to={`/customers/${row.id}`} className={styles.what}>{row.name}</Link>
                    <OnPhone>{grade(row)} {!mine && row.owner.name} {cause(row)}</OnPhone>
                    <OnPhone>{t("pool.due")} <Due row={row} /></OnPhone>
                  </>
                ),
              },
              { key: "grade", title: t("column.grade"), responsive: ["md"], render: (_, row) => grade(row) },
              { key: "owner", title: t("column.owner"), responsive: ["md"], render: (_, row) => row.owner.name },
              { key: "cause", title: t("pool.cause"), responsive: ["md"], render: (_, row) => cause(row) },
              { key: "contact", title: t("pool.last_contact"), responsive: ["md"], render: (_, row) => <DateText value={row.last_contact} /> },
              { key: "due", title: t("pool.due"), responsive: ["md"], render: (_, row) => <Due row={row} /> },
              { key: "actions", title: <span className="visually-hidden">{t("column.actions")}</span>, align: "right", render: (_, row) => <WarningActions row={row} onAsk={postponing.ask} onRecord={onRecord} /> },
            ]}
          />
          {postponing.dialog}
        </div>
      )}
    </Loaded>
  );
}
