import { DeleteOutlined, EditOutlined, InboxOutlined, PlusOutlined, ProfileOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Popconfirm, Space, Switch, Tag, Tooltip } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { filterAddress } from "@/shared/filter/written";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, NoPermission, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import styles from "../customers.module.css";
import { useAttributeStep, useDefinitions, useUsage, type Definition } from "./api";
import { AttributeDialog } from "./AttributeDialog";

/** The attributes the company keeps of its customers: defined, changed, put away, indexed. */
export function Component() {
  const may = useCan(CAN.manageSetup);
  return may ? <Attributes /> : <NoPermission />;
}

function Attributes() {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const definitions = useDefinitions();
  const [editing, setEditing] = useState<Definition | "new" | null>(null);
  const [words, setWords] = useState("");
  const [archived, setArchived] = useState(false);
  const all = definitions.data;
  const shown = (all ?? [])
    .filter((one) => (archived || !one.archived_at) && `${one.code} ${one.label.en} ${one.label.zh} ${one.section}`.toLowerCase().includes(words.trim().toLowerCase()))
    .sort((a, b) => a.section.localeCompare(b.section) || a.position - b.position);
  const sections = [...new Set((all ?? []).map((one) => one.section).filter(Boolean))];
  const make = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>{t("setup.attribute_new")}</Button>;
  return (
    <>
      <PageHeader title={t("setup.attributes")} count={all && <NumberText value={all.filter((one) => !one.archived_at).length} />} about={t("setup.attributes_about")} actions={make} />
      <div className={styles.setupTools} role="search" aria-label={t("setup.find")}>
        <Input.Search allowClear aria-label={t("setup.find")} placeholder={t("setup.find")} onChange={(event) => setWords(event.target.value)} />
        <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>{t("setup.with_archived")}</Checkbox>
      </div>
      <Loaded query={definitions} waiting={<TableSkeleton rows={8} />}>
        {() => (
          <div className={styles.boxed}>
            <ScrollTable<Definition>
              aria-label={t("setup.attributes")}
              size="middle"
              rowKey="code"
              dataSource={shown}
              pagination={false}
              scroll={{ x: "max-content" }}
              locale={{ emptyText: <EmptyState title={t("setup.attributes_none")} why={t("setup.attributes_none_why")} icon={<ProfileOutlined style={{ fontSize: 40 }} />} /> }}
              columns={[
                ...(sections.length > 0 ? [{ key: "section", title: t("setup.section"), render: (_: unknown, one: Definition) => one.section || "–" }] : []),
                {
                  key: "label", title: t("setup.attribute"),
                  render: (_, one) => <><strong>{label(one.label)}</strong>{one.archived_at && <Tag className={styles.mark}>{t("setup.archived")}</Tag>}<div className={styles.under}>{one.code}</div></>,
                },
                { key: "type", title: t("setup.type_of"), render: (_, one) => <>{t(`setup.type.${one.type}`)}{one.formula && <Tag className={styles.mark}>{t("setup.computed")}</Tag>}</> },
                { key: "rules", title: t("setup.rules"), render: (_, one) => <Rules one={one} /> },
                { key: "usage", title: t("setup.usage"), align: "right", render: (_, one) => <Usage one={one} /> },
                { key: "index", title: <Tooltip title={t("setup.index_hint")}>{t("setup.index")}</Tooltip>, render: (_, one) => <IndexSwitch one={one} /> },
                { key: "actions", title: <span className="visually-hidden">{t("trash.actions")}</span>, render: (_, one) => <Actions one={one} onEdit={() => setEditing(one)} /> },
              ]}
            />
          </div>
        )}
      </Loaded>
      {editing && <AttributeDialog definition={editing === "new" ? null : editing} sections={sections} onClose={() => setEditing(null)} />}
    </>
  );
}

function Rules({ one }: { one: Definition }) {
  const { t } = useTranslation("customers");
  return (
    <Space size={4} wrap>
      {one.mandatory !== "never" && <Tag>{one.mandatory === "always" ? t("setup.mandatory.always") : t("setup.from", { stage: t(`setup.stage.${one.mandatory_stage}`) })}</Tag>}
      {one.applies_to && <Tag>{t(`setup.applies.${one.applies_to}`)}</Tag>}
      {one.visible_to.length > 0 && <Tag>{t("setup.restricted")}</Tag>}
    </Space>
  );
}

/** How many customers have it, leading to them. */
function Usage({ one }: { one: Definition }) {
  const usage = useUsage();
  const count = usage.data?.counts[one.code] ?? 0;
  if (!usage.data) return <span>–</span>;
  const to = `/customers?filter=${filterAddress({ mode: "all", conditions: [{ field: `attributes.${one.code}`, op: "is_null", value: false }] })}`;
  const text = <>{usage.data.exact ? "" : "≈ "}<NumberText value={count} /></>;
  return count > 0 && !one.archived_at ? <Link to={to}>{text}</Link> : text;
}

function IndexSwitch({ one }: { one: Definition }) {
  const { t } = useTranslation("customers");
  const failed = useFailed();
  const label = useLabel();
  const step = useAttributeStep();
  if (one.type === "choices") return <span>–</span>;
  const building = one.index_state === "building";
  return (
    <Space size={8}>
      <Switch
        size="small"
        aria-label={`${t("setup.index")}: ${label(one.label)}`}
        checked={one.index_state === "ready" || building}
        loading={building || step.isPending}
        onChange={(on) => void step.mutateAsync({ code: one.code, what: on ? "index" : "drop_index" }).catch(failed)}
      />
      {one.index_state === "failed" && <span className={styles.down}>{t("setup.index_failed")}</span>}
      {one.index_proposed && <Tag>{t("setup.index_proposed")}</Tag>}
    </Space>
  );
}

function Actions({ one, onEdit }: { one: Definition; onEdit: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  const failed = useFailed();
  const step = useAttributeStep();
  const run = (what: "archive" | "fetch" | "delete") => step.mutateAsync({ code: one.code, what }).catch(failed);
  const button = (name: string, icon: ReactNode, onClick?: () => void) => (
    <Tooltip title={name}><Button type="text" size="small" icon={icon} aria-label={`${name}: ${label(one.label)}`} onClick={onClick} /></Tooltip>
  );
  return (
    <Space size={4}>
      {button(t("setup.change"), <EditOutlined />, onEdit)}
      {one.archived_at ? button(t("setup.fetch"), <RollbackOutlined />, () => void run("fetch")) : button(t("setup.archive"), <InboxOutlined />, () => void run("archive"))}
      <Popconfirm title={t("setup.delete_title", { name: label(one.label) })} description={t("setup.delete_why")} okText={t("shared:action.delete")} okButtonProps={{ danger: true }} onConfirm={() => run("delete")}>
        {button(t("shared:action.delete"), <DeleteOutlined />)}
      </Popconfirm>
    </Space>
  );
}
