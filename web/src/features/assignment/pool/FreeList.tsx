import { InboxOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useColleagues } from "@/shared/api/colleagues";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import { useErrorText } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateText, NumberText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { claim, useRefreshPool, type Pooled } from "./api";
import { useAssign } from "./useAssign";

const WIDTH = { name: 260, grade: 108, score: 92, former_owner: 140, cause: 130, pooled_at: 140, days: 150 };

/** Customers free to claim, the best first, and giving the chosen ones to somebody. */
export function FreeList() {
  const { t } = useTranslation("assignment");
  const { message } = App.useApp();
  const errorText = useErrorText();
  const refresh = useRefreshPool();
  const mayClaim = useCan(CAN.editCustomers);
  const mayAssign = useCan(CAN.assign);
  const grade = (row: Pooled) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />;
  const cause = (row: Pooled) => t(`pool.causes.${row.cause as "no_contact"}`);
  const taking = useMutation({
    mutationFn: (row: Pooled) => claim(row.id),
    onSuccess: (_, row) => void message.success(t("pool.claim_done", { name: row.name })),
    onError: (error) => void message.warning(errorText(error)),
    onSettled: refresh,
  });
  const take = (row: Pooled) => (
    <Button size="small" type="primary" disabled={!row.claimable} title={row.claimable ? undefined : t("pool.own_former")} aria-label={t("pool.claim_name", { name: row.name })} loading={taking.isPending && taking.variables.id === row.id} onClick={() => taking.mutate(row)}>
      {t("pool.claim")}
    </Button>
  );
  return (
    <ArrangedList<Pooled>
      kind="pool"
      path="/pool"
      counted
      grouped
      queryKey={["customers", "pool", "free"]}
      usualSort="-score"
      words={{ title: t("pool.free"), all: t("pool.everything"), search: t("pool.search"), none: t("pool.none"), noneWhy: t("pool.none_why"), notFound: t("pool.not_found") }}
      quick={["grade"]}
      icon={<InboxOutlined style={{ fontSize: 40 }} />}
      header={({ count, tools }) => <div className={styles.head}><span className={styles.muted}>{t("pool.count")} {count}</span>{tools}</div>}
      render={{
        name: (row) => <strong className={styles.what}>{row.name}</strong>,
        grade,
        score: (row) => <Score value={row.score} grade={row.grade} />,
        cause,
        pooled_at: (row) => <DateText value={row.pooled_at} />,
      }}
      width={WIDTH}
      phone={[{
        key: "name", title: t("column.customer"), responsive: ["xs", "sm"],
        render: (_, row) => (
          <>
            <strong className={styles.what}>{row.name}</strong>
            <OnPhone>{grade(row)} {t("pool.days")} <NumberText value={row.days} /> {row.former_owner}</OnPhone>
            <OnPhone>{cause(row)} {!row.claimable && t("pool.own_former")}</OnPhone>
          </>
        ),
      }]}
      actions={mayClaim ? { key: "claim", title: <span className="visually-hidden">{t("column.actions")}</span>, align: "right", width: 100, render: (_, row) => take(row) } : undefined}
      chosen={mayAssign ? (choice) => <AssignChosen ids={choice.selection.ids} onDone={choice.clear} /> : undefined}
    />
  );
}

function AssignChosen({ ids, onDone }: { ids: number[]; onDone: () => void }) {
  const { t } = useTranslation("assignment");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshPool();
  const owners = useColleagues();
  const assign = useAssign();
  const giving = useMutation({
    mutationFn: (owner: number) => assign(ids, owner),
    onSuccess: (given) => {
      if (!given) return;
      void message.success(t("pool.assigned", { count: given.assigned }));
      onDone();
    },
    onError: failed,
    onSettled: refresh,
  });
  const people = (owners.data ?? []).filter((user) => user.active).map((user) => ({ value: user.id, label: user.name || user.username }));
  return <Select<number> aria-label={t("pool.assign_chosen", { count: ids.length })} placeholder={t("pool.assign_chosen", { count: ids.length })} style={{ minWidth: 220 }} showSearch={{ optionFilterProp: "label" }} loading={owners.isPending || giving.isPending} value={null as never} options={people} onChange={(owner) => giving.mutate(owner)} />;
}
