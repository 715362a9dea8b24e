import { CheckCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Standing } from "@/shared/api/types";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { GradeBadge } from "@/shared/ui/Grade";
import { PageHeader } from "@/shared/ui/PageHeader";
import { isWaiting, type Duty } from "./api";
import { DutyActions, useExcuse } from "./DutyActions";
import { Became, Due, DutyGrade, OfDuty } from "./DutyTable";

const WIDTH = { name: 230, grade: 108, item: 100, owner: 100, due_on: 130, state: 200, excuse: 220, done_at: 170 };

/** All duties one may know of: filtered, sorted and arranged as one likes. */
export function DutyList({ onRecord }: { onRecord?: (customerId: number) => void }) {
  const { t } = useTranslation(["treatment", "shared"]);
  const navigate = useNavigate();
  const excusing = useExcuse();
  return (
    <>
      <ArrangedList<Duty>
        kind="duties"
        path="/duties"
        counted
        grouped
        queryKey={["treatment", "duties"]}
        usualSort="-due_on"
        words={{ title: t("list.title"), all: t("list.all"), search: t("list.search"), none: t("page.nothing"), noneWhy: t("list.none_why"), notFound: t("page.no_duties") }}
        quick={["state", "item"]}
        icon={<CheckCircleOutlined style={{ fontSize: 40 }} />}
        header={({ count, tools }) => <PageHeader title={t("list.title")} about={t("list.about")} count={count} actions={tools} />}
        render={{
          name: (row) => <OfDuty duty={row} withOwner />,
          grade: (row) => <DutyGrade duty={row} />,
          grade_then: (row) => <GradeBadge grade={row.grade as Standing} />,
          due_on: (row) => <Due duty={row} />,
          state: (row) => <Became duty={row} />,
          waits: (row) => t(isWaiting(row) ? "shared:yes" : "shared:no"),
        }}
        width={WIDTH}
        phone={[{ key: "name", title: t("duty.customer"), responsive: ["xs", "sm"], render: (_, row) => <OfDuty duty={row} withOwner /> }]}
        actions={{ key: "actions", title: <span className="visually-hidden">{t("duty.actions")}</span>, align: "right", width: 220, render: (_, row) => <DutyActions duty={row} onExcuse={excusing.ask} onRecord={onRecord} /> }}
        open={({ customer }) => {
          if (customer) void navigate(`/customers/${customer.id}`);
        }}
      />
      {excusing.dialog}
    </>
  );
}
