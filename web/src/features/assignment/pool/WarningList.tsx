import { CheckCircleOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { FormDialog } from "@/shared/ui/FormDialog";
import { GradeBadge } from "@/shared/ui/Grade";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { decide, postpone, useRefreshPool, useWarnings, type Warned } from "./api";

/** Customers about to fall back to the pool; the owner asks for time, somebody else decides. */
export function WarningList({ mine = false, asked = false }: { mine?: boolean; asked?: boolean }) {
  const { t } = useTranslation(["assignment", "shared"]);
  const query = mine ? { mine } : asked ? { asked } : {};
  const warnings = useWarnings(query);
  const [asking, setAsking] = useState<Warned | null>(null);
  const refresh = useRefreshPool();
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
              { key: "actions", title: <span className="visually-hidden">{t("column.actions")}</span>, align: "right", render: (_, row) => <Actions row={row} onAsk={() => setAsking(row)} /> },
            ]}
          />
          {asking && (
            <FormDialog<{ until: string; why: string }>
              open
              title={t("pool.postpone_title", { name: asking.name })}
              okText={t("pool.postpone")}
              save={({ until, why }) => postpone(asking.id, until, why)}
              onSaved={refresh}
              onClose={() => setAsking(null)}
            >
              <Form.Item name="until" label={t("pool.until")} rules={[{ required: true, message: t("pool.missing") }]}><Input type="date" autoFocus /></Form.Item>
              <Form.Item name="why" label={t("pool.why")} rules={[{ required: true, whitespace: true, message: t("pool.missing") }]}><Input.TextArea rows={3} maxLength={300} /></Form.Item>
            </FormDialog>
          )}
        </div>
      )}
    </Loaded>
  );
}

function Due({ row }: { row: Warned }) {
  const { t } = useTranslation("assignment");
  if (row.postponed_until) return <span>{t("pool.postponed", { name: row.approved_by ?? "" })} <DateText value={row.postponed_until} /></span>;
  return (
    <span>
      <DateText value={row.due_on} />
      {row.asked_until && <span className={styles.muted}> {t("pool.asked", { name: row.asked_by ?? "", why: row.asked_why })}</span>}
    </span>
  );
}

function Actions({ row, onAsk }: { row: Warned; onAsk: () => void }) {
  const { t } = useTranslation("assignment");
  const failed = useFailed();
  const me = useMe();
  const mayEdit = useCan(CAN.editCustomers);
  const mayApprove = useCan(CAN.approve);
  const refresh = useRefreshPool();
  const deciding = useMutation({
    mutationFn: (approved: boolean) => decide(row.id, approved),
    onError: failed,
    onSettled: refresh,
  });
  if (row.asked_until && mayApprove && row.owner.id !== me.id)
    return (
      <Space size={4}>
        <Button size="small" type="primary" loading={deciding.isPending} onClick={() => deciding.mutate(true)}>{t("pool.approve")}</Button>
        <Button size="small" onClick={() => deciding.mutate(false)}>{t("pool.refuse")}</Button>
      </Space>
    );
  return mayEdit && !row.asked_until ? <Button size="small" aria-label={t("pool.postpone_title", { name: row.name })} onClick={onAsk}>{t("pool.postpone")}</Button> : null;
}
