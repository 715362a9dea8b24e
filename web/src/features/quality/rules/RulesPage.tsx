import { DeleteOutlined, EditOutlined, FileDoneOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Space, Spin, Switch, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { breakingAddress } from "@/shared/jobs/warned";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, NoPermission, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { useBreaking, useRemoveRule, useRules, useSwitchRule, type Rule } from "./api";
import { RuleDialog } from "./RuleDialog";

/** The rules of entry: what is asked of whom, who breaks it now, and whether it is in force. */
export function Component() {
  return useCan(CAN.manageSetup) ? <Rules /> : <NoPermission />;
}

function Rules() {
  const { t } = useTranslation("quality");
  const rules = useRules();
  const [editing, setEditing] = useState<Rule | "new" | null>(null);
  const found = rules.data;
  const make = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>{t("rules.new")}</Button>;
  return (
    <>
      <PageHeader title={t("rules.title")} count={found && <NumberText value={found.length} />} about={t("rules.about")} actions={make} />
      <Loaded query={rules} waiting={<TableSkeleton rows={6} />}>
        {(found) => (
          <ScrollTable<Rule>
            aria-label={t("rules.title")}
            size="middle"
            rowKey="id"
            dataSource={found}
            pagination={false}
            scroll={{ x: "max-content" }}
            locale={{ emptyText: <EmptyState title={t("rules.none")} why={t("rules.none_why")} icon={<FileDoneOutlined style={{ fontSize: 40 }} />} /> }}
            columns={[
              { key: "rule", title: t("rules.rule"), render: (_, one) => <What rule={one} /> },
              { key: "strict", title: t("rules.strength"), render: (_, one) => <Tag>{t(one.strict ? "rules.strict" : "rules.warning")}</Tag> },
              { key: "breaking", title: t("rules.breaking"), align: "right", render: (_, one) => <Breaking rule={one} /> },
              { key: "active", title: t("rules.active"), render: (_, one) => <Active rule={one} /> },
              { key: "actions", title: <span className="visually-hidden">{t("rules.actions")}</span>, render: (_, one) => <Actions rule={one} onEdit={() => setEditing(one)} /> },
            ]}
          />
        )}
      </Loaded>
      {editing && <RuleDialog rule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function What({ rule }: { rule: Rule }) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  return (
    <>
      <strong>{label(rule.words)}</strong>
      <div style={{ color: "var(--jz-muted)" }}>
        {label(rule.label)} · {t(`rules.check.${rule.check}`)}
        {rule.when && ` · ${t("rules.conditional")}`}
      </div>
    </>
  );
}

/** How many break it, leading to them. */
function Breaking({ rule }: { rule: Rule }) {
  const { t } = useTranslation("quality");
  const breaking = useBreaking(rule);
  if (breaking.error) return <Tooltip title={t("rules.uncounted")}><span>–</span></Tooltip>;
  if (!breaking.data) return <Spin size="small" />;
  const count = breaking.data.customers;
  return count > 0 ? <Link to={breakingAddress(rule.id)}><NumberText value={count} /></Link> : <NumberText value={0} />;
}

function Active({ rule }: { rule: Rule }) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  const failed = useFailed();
  const turn = useSwitchRule();
  return (
    <Switch
      size="small"
      aria-label={`${t("rules.active")}: ${label(rule.words)}`}
      checked={rule.active}
      loading={turn.isPending}
      onChange={(active) => void turn.mutateAsync({ rule, active }).catch(failed)}
    />
  );
}

function Actions({ rule, onEdit }: { rule: Rule; onEdit: () => void }) {
  const { t } = useTranslation(["quality", "shared"]);
  const label = useLabel();
  const failed = useFailed();
  const removing = useRemoveRule();
  const name = label(rule.words);
  return (
    <Space size={4}>
      <Tooltip title={t("shared:action.edit")}><Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t("shared:action.edit")}: ${name}`} onClick={onEdit} /></Tooltip>
      <Popconfirm title={t("rules.remove")} description={name} okText={t("shared:action.delete")} okButtonProps={{ danger: true }} onConfirm={() => removing.mutateAsync(rule.id).catch(failed)}>
        <Tooltip title={t("shared:action.delete")}><Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t("shared:action.delete")}: ${name}`} /></Tooltip>
      </Popconfirm>
    </Space>
  );
}
