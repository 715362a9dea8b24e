import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Form, InputNumber, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "@/shared/api/request";
import { STANDINGS, type Named } from "@/shared/api/types";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { FormDialog } from "@/shared/ui/FormDialog";
import { GradeBadge, useGradeName } from "@/shared/ui/Grade";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import styles from "../assignment.module.css";
import { deleteRule, saveLimits, saveRule, usePoolSetup, useRefreshPool, type PoolLimits, type PoolRule } from "./api";

interface Entered {
  grade: string;
  department_id: number | null;
  quiet_days: number | null;
  dealless_days: number | null;
  protected_days: number;
  warn_days: number;
}

const DAYS = ["quiet_days", "dealless_days", "protected_days", "warn_days"] as const;

/** When customers fall back to the pool, and what one person may take from it. */
export function Component() {
  const { t } = useTranslation("assignment");
  const setup = usePoolSetup();
  const [editing, setEditing] = useState<PoolRule | "new" | null>(null);
  const [limiting, setLimiting] = useState(false);
  return (
    <>
      <PageHeader title={t("pool.setup")} about={t("pool.setup_about")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>{t("pool.rule_new")}</Button>} />
      <Loaded query={setup} waiting={<TableSkeleton rows={5} />}>
        {(found) => (
          <Space orientation="vertical" size={16} style={{ width: "100%" }}>
            <Rules rules={found.rules} onEdit={setEditing} />
            <Panel title={t("pool.limits")} extra={<Button size="small" icon={<EditOutlined />} onClick={() => setLimiting(true)}>{t("pool.limits_change")}</Button>}>
              <Limits limits={found.limits} />
            </Panel>
          </Space>
        )}
      </Loaded>
      {editing && <RuleDialog rule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {limiting && setup.data && <LimitsDialog limits={setup.data.limits} onClose={() => setLimiting(false)} />}
    </>
  );
}

function Rules({ rules, onEdit }: { rules: PoolRule[]; onEdit: (rule: PoolRule) => void }) {
  const { t } = useTranslation(["assignment", "shared"]);
  const failed = useFailed();
  const refresh = useRefreshPool();
  const removing = useMutation({ mutationFn: deleteRule, onSuccess: refresh, onError: failed });
  const days = (value: number | null) => (value === null ? "–" : t("pool.days_of", { count: value }));
  const department = (rule: PoolRule) => rule.department?.name ?? t("pool.every_department");
  return (
    <div className={styles.boxed}>
      <ScrollTable<PoolRule>
        aria-label={t("pool.setup")}
        size="middle"
        rowKey="id"
        dataSource={rules}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <EmptyState title={t("pool.no_rules")} why={t("pool.no_rules_why")} /> }}
        columns={[
          {
            key: "grade", title: t("column.grade"),
            render: (_, row) => (
              <>
                <GradeBadge grade={row.grade} />
                <OnPhone>{department(row)}</OnPhone>
                {DAYS.map((name) => <OnPhone key={name}>{t(`pool.${name}`)} {days(row[name])}</OnPhone>)}
              </>
            ),
          },
          { key: "department", title: t("pool.department"), responsive: ["md"], render: (_, row) => department(row) },
          ...DAYS.map((name) => ({ key: name, title: t(`pool.${name}`), responsive: ["md" as const], render: (_: unknown, row: PoolRule) => days(row[name]) })),
          { key: "actions", title: <span className="visually-hidden">{t("column.actions")}</span>, align: "right", render: (_, row) => (
            <Space size={4}>
              <Button size="small" icon={<EditOutlined />} aria-label={t("shared:action.edit")} onClick={() => onEdit(row)} />
              <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t("shared:action.delete")} onClick={() => removing.mutate(row.id)} />
            </Space>
          ) },
        ]}
      />
    </div>
  );
}

function Limits({ limits }: { limits: PoolLimits }) {
  const { t } = useTranslation("assignment");
  const most = (value: number | null) => value ?? t("pool.unlimited");
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: "claims", label: t("pool.claims_per_day"), children: most(limits.claims_per_day) },
        { key: "capacity", label: t("pool.capacity"), children: most(limits.capacity) },
        { key: "former", label: t("pool.former_days"), children: t("pool.days_of", { count: limits.former_days }) },
        { key: "open", label: t("pool.open_to"), children: t(`pool.open.${limits.open_to as "company"}`) },
      ]}
    />
  );
}

function RuleDialog({ rule, onClose }: { rule: PoolRule | null; onClose: () => void }) {
  const { t } = useTranslation("assignment");
  const gradeName = useGradeName();
  const refresh = useRefreshPool();
  const departments = useQuery({ queryKey: ["people", "departments", "names"], queryFn: () => get<Named[]>("/departments"), staleTime: 60_000 });
  const initial: Partial<Entered> = rule ? { ...rule, department_id: rule.department?.id ?? null } : { grade: "ordinary", department_id: null, quiet_days: 90, protected_days: 30, warn_days: 7 };
  const days = (name: keyof Entered, least = 0) => (
    <Form.Item name={name} label={t(`pool.${name as "quiet_days"}`)}><InputNumber min={least} max={3650} precision={0} style={{ width: "100%" }} /></Form.Item>
  );
  return (
    <FormDialog<Entered, PoolRule>
      open
      title={rule ? t("pool.rule_change") : t("pool.rule_new")}
      initial={initial}
      save={(entered) => saveRule({ grade: rule?.grade ?? entered.grade, department_id: rule ? (rule.department?.id ?? null) : (entered.department_id ?? null), quiet_days: entered.quiet_days ?? null, dealless_days: entered.dealless_days ?? null, protected_days: entered.protected_days ?? 0, warn_days: entered.warn_days ?? 0 })}
      onSaved={refresh}
      onClose={onClose}
    >
      {!rule && <Form.Item name="grade" label={t("column.grade")}><Select options={STANDINGS.map((one) => ({ value: one, label: gradeName(one) }))} /></Form.Item>}
      {!rule && <Form.Item name="department_id" label={t("pool.department")}><Select allowClear placeholder={t("pool.every_department")} options={(departments.data ?? []).map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>}
      <div className={styles.two}>
        {days("quiet_days", 1)}
        {days("dealless_days", 1)}
        {days("protected_days")}
        {days("warn_days")}
      </div>
    </FormDialog>
  );
}

function LimitsDialog({ limits, onClose }: { limits: PoolLimits; onClose: () => void }) {
  const { t } = useTranslation("assignment");
  const refresh = useRefreshPool();
  const number = (name: "claims_per_day" | "capacity" | "former_days") => (
    <Form.Item name={name} label={t(`pool.${name}`)}><InputNumber min={name === "former_days" ? 0 : 1} precision={0} placeholder={t("pool.unlimited")} style={{ width: "100%" }} /></Form.Item>
  );
  return (
    <FormDialog<PoolLimits, PoolLimits> open title={t("pool.limits")} initial={limits} save={(entered) => saveLimits({ ...entered, former_days: entered.former_days ?? 0, claims_per_day: entered.claims_per_day ?? null, capacity: entered.capacity ?? null })} onSaved={refresh} onClose={onClose}>
      {number("claims_per_day")}
      {number("capacity")}
      {number("former_days")}
      <Form.Item name="open_to" label={t("pool.open_to")}><Select options={(["company", "department"] as const).map((value) => ({ value, label: t(`pool.open.${value}`) }))} /></Form.Item>
    </FormDialog>
  );
}
