import { CheckCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { OnPhone } from "@/shared/table/OnPhone";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import { DateText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import type { Warned } from "./api";
import { Due, usePostponing, WarningActions } from "./WarningParts";

const WIDTH = { name: 240, grade: 108, owner: 120, cause: 140, last_contact: 130, due_on: 260 };

/** All customers about to fall back that one sees: filtered, sorted and arranged as one likes. */
export function FallingList({ onRecord }: { onRecord: (customerId: number) => void }) {
  const { t } = useTranslation("assignment");
  const navigate = useNavigate();
  const postponing = usePostponing();
  const name = (row: Warned) => <Link to={`/customers/${row.id}`} className={styles.what}>{row.name}</Link>;
  const grade = (row: Warned) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />;
  const cause = (row: Warned) => t(`pool.causes.${row.cause as "no_contact"}`);
  const actions = (row: Warned) => <WarningActions row={row} onAsk={postponing.ask} onRecord={onRecord} />;
  return (
    <>
      <ArrangedList<Warned>
        kind="pool_warnings"
        path="/pool/warnings"
        counted
        grouped
        queryKey={["customers", "pool", "falling"]}
        usualSort="due_on"
        words={{ title: t("pool.about_to_fall"), all: t("pool.everything_falling"), search: t("pool.search_falling"), none: t("pool.no_warnings"), noneWhy: t("pool.no_warnings_why"), notFound: t("pool.falling_not_found") }}
        quick={["grade", "cause"]}
        icon={<CheckCircleOutlined style={{ fontSize: 40 }} />}
        header={({ count, tools }) => <div className={styles.head}><span className={styles.muted}>{t("pool.falling_count")} {count}</span>{tools}</div>}
        render={{
          name,
          grade,
          cause,
          score: (row) => <Score value={row.score} grade={row.grade} />,
          last_contact: (row) => <DateText value={row.last_contact} />,
          last_deal: (row) => <DateText value={row.last_deal} />,
          due_on: (row) => <Due row={row} />,
        }}
        width={WIDTH}
        phone={[{
          key: "name", title: t("column.customer"), responsive: ["xs", "sm"],
          render: (_, row) => (
            <>
              {name(row)}
              <OnPhone>{grade(row)} {row.owner.name} {cause(row)}</OnPhone>
              <OnPhone>{t("pool.due")} <Due row={row} /></OnPhone>
              <OnPhone>{actions(row)}</OnPhone>
            </>
          ),
        }]}
        actions={{ key: "actions", title: <span className="visually-hidden">{t("column.actions")}</span>, align: "right", width: 200, responsive: ["md"], render: (_, row) => actions(row) }}
        open={(row) => void navigate(`/customers/${row.id}`)}
      />
      {postponing.dialog}
    </>
  );
}
