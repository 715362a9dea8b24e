import { DeleteOutlined, EditOutlined, InboxOutlined, PlusOutlined, UndoOutlined } from "@ant-design/icons";
import { Button, Form, Input, Popconfirm, Select, Space, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { FormDialog } from "@/shared/ui/FormDialog";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { createJobDuty, removeJobDuty, updateJobDuty, useCatalogue, useMapChange, useRefreshMap, type JobDuty } from "../map/api";
import { LeftBehind } from "./LeftBehind";
import styles from "./duties.module.css";

/** The catalogue of duties, and those of people who left. */
export function Component() {
  const { t } = useTranslation("people");
  const catalogue = useCatalogue();
  const may = useCan(CAN.managePeople);
  const [editing, setEditing] = useState<JobDuty | "new" | null>(null);
  const all = catalogue.data;
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>{t("duty.new")}</Button>;
  return (
    <>
      <PageHeader title={t("duty.title")} count={all && <NumberText value={all.length} />} about={t("duty.about")} actions={may && add} />
      <div className={styles.blocks}>
        <LeftBehind />
        <Panel>
          <Loaded query={catalogue} none={<EmptyState title={t("duty.none")} why={t("duty.none_why")} />}>
            {(all) => <Catalogue all={all} may={may} onEdit={setEditing} />}
          </Loaded>
        </Panel>
      </div>
      {editing && <JobDutyDialog duty={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function Catalogue({ all, may, onEdit }: { all: JobDuty[]; may: boolean; onEdit: (duty: JobDuty) => void }) {
  const { t } = useTranslation("people");
  return (
    <ScrollTable<JobDuty>
      aria-label={t("duty.title")}
      size="middle"
      rowKey="id"
      dataSource={all}
      scroll={{ x: "max-content" }}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { key: "name", title: t("duty.one"), render: (_, one) => <>{one.name} {one.archived && <Tag>{t("duty.archived")}</Tag>}</> },
        { key: "aliases", title: t("duty.aliases"), responsive: ["sm"], render: (_, one) => one.aliases.join(" · ") || "–" },
        { key: "about", title: t("duty.meaning"), responsive: ["lg"], render: (_, one) => one.about || "–" },
        { key: "people", title: t("duty.holders"), align: "right", width: 110, render: (_, one) => (one.people ? <Link to={`/people/map?q=${encodeURIComponent(one.name)}`}><NumberText value={one.people} /></Link> : <NumberText value={0} />) },
        ...(may ? [{ key: "actions", title: <span className="visually-hidden">{t("actions")}</span>, width: 120, render: (_: unknown, one: JobDuty) => <Actions one={one} onEdit={() => onEdit(one)} /> }] : []),
      ]}
    />
  );
}

function Actions({ one, onEdit }: { one: JobDuty; onEdit: () => void }) {
  const { t } = useTranslation(["people", "shared"]);
  const failed = useFailed();
  const archive = useMapChange((archived: boolean) => updateJobDuty(one.id, { archived }));
  const gone = useMapChange(() => removeJobDuty(one.id));
  const button = (label: string, icon: React.ReactNode, onClick?: () => void) => (
    <Tooltip title={label}>
      <Button type="text" size="small" icon={icon} aria-label={`${label}: ${one.name}`} onClick={onClick} />
    </Tooltip>
  );
  return (
    <Space size={4}>
      {button(t("shared:action.edit"), <EditOutlined />, onEdit)}
      {one.archived
        ? button(t("duty.unarchive"), <UndoOutlined />, () => void archive.mutateAsync(false).catch(failed))
        : button(t("duty.archive"), <InboxOutlined />, () => void archive.mutateAsync(true).catch(failed))}
      <Popconfirm title={t("duty.delete_title", { name: one.name })} description={t("duty.delete_why")} okText={t("shared:action.delete")} okButtonProps={{ danger: true }} onConfirm={() => gone.mutateAsync(undefined).catch(failed)}>
        {button(t("shared:action.delete"), <DeleteOutlined />)}
      </Popconfirm>
    </Space>
  );
}

type Entered = Pick<JobDuty, "name" | "about" | "aliases">;

function JobDutyDialog({ duty, onClose }: { duty: JobDuty | null; onClose: () => void }) {
  const { t } = useTranslation("people");
  const refresh = useRefreshMap();
  return (
    <FormDialog<Entered>
      open
      title={duty ? duty.name : t("duty.new")}
      initial={duty ? { name: duty.name, about: duty.about, aliases: duty.aliases } : { about: "", aliases: [] }}
      save={(entered) => (duty ? updateJobDuty(duty.id, entered) : createJobDuty(entered))}
      onSaved={refresh}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("duty.one")} rules={[{ required: true, whitespace: true, message: t("duty.name_missing") }]}>
        <Input autoFocus maxLength={80} />
      </Form.Item>
      <Form.Item name="aliases" label={t("duty.aliases")} extra={t("duty.aliases_hint")}>
        <Select mode="tags" open={false} suffix={null} maxCount={30} tokenSeparators={[",", "，", "、"]} />
      </Form.Item>
      <Form.Item name="about" label={t("duty.meaning")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormDialog>
  );
}
