import { ApartmentOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Space, Table, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLanguage } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState } from "@/shared/ui/states";
import { toTree, type Tree as TreeOf } from "@/shared/ui/tree";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { useDeleteDepartment, useDepartments, type Department } from "../api";
import styles from "../people.module.css";
import { DepartmentDialog, type Editing } from "./DepartmentDialog";
import { usersAddress } from "../users/address";

type Branch = TreeOf<Department>;

/** The tree of departments: make, rename, move, delete. */
export function Component() {
  const { t } = useTranslation("people");
  const may = useCan(CAN.managePeople);
  const departments = useDepartments();
  const [editing, setEditing] = useState<Editing | null>(null);
  const all = departments.data;
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({ department: null, parent_id: null })}>
      {t("department.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("department.title")} count={all && <NumberText value={all.length} />} about={t("department.about")} actions={may && add} />
      <Loaded query={departments} none={<EmptyState title={t("department.none")} why={t("department.none_why")} icon={<ApartmentOutlined style={{ fontSize: 40 }} />} />}>
        {(all) => <Tree all={all} may={may} onEdit={setEditing} />}
      </Loaded>
      {editing && <DepartmentDialog editing={editing} all={all ?? []} onClose={() => setEditing(null)} />}
    </>
  );
}

function Tree({ all, may, onEdit }: { all: Department[]; may: boolean; onEdit: (editing: Editing) => void }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const counted = all.some((one) => one.customers !== undefined);
  return (
    <div className={styles.table}>
      <Table<Branch>
        size="middle"
        rowKey="id"
        dataSource={toTree(all, language)}
        pagination={false}
        scroll={{ x: "max-content" }}
        expandable={{ defaultExpandAllRows: true }}
        columns={[
          { key: "name", title: t("department.name"), dataIndex: "name" },
          { key: "head", title: t("department.head"), responsive: ["sm"], render: (_, one) => one.head?.name ?? "–" },
          {
            key: "members", title: t("department.members"), align: "right", width: 120,
            render: (_, one) => (one.members > 0 ? <Link to={usersAddress({ department: one.id })}><NumberText value={one.members} /></Link> : <NumberText value={0} />),
          },
          ...(counted ? [{ key: "customers", title: t("department.customers"), align: "right" as const, width: 120, render: (_: unknown, one: Branch) => <NumberText value={one.customers} /> }] : []),
          ...(may ? [{ key: "actions", title: <span className="visually-hidden">{t("actions")}</span>, width: 132, render: (_: unknown, one: Branch) => <Actions one={one} onEdit={onEdit} /> }] : []),
        ]}
      />
    </div>
  );
}

function Actions({ one, onEdit }: { one: Branch; onEdit: (editing: Editing) => void }) {
  const { t } = useTranslation(["people", "shared"]);
  const failed = useFailed();
  const gone = useDeleteDepartment();
  const button = (label: string, icon: React.ReactNode, onClick?: () => void) => (
    <Tooltip title={label}>
      <Button type="text" size="small" icon={icon} aria-label={`${label}: ${one.name}`} onClick={onClick} />
    </Tooltip>
  );
  return (
    <Space size={4}>
      {button(t("department.new_below"), <PlusOutlined />, () => onEdit({ department: null, parent_id: one.id }))}
      {button(t("department.edit"), <EditOutlined />, () => onEdit({ department: one, parent_id: one.parent_id }))}
      <Popconfirm
        title={t("department.delete_title", { name: one.name })}
        description={t("department.delete_why")}
        okText={t("shared:action.delete")}
        okButtonProps={{ danger: true, loading: gone.isPending }}
        onConfirm={() => gone.mutateAsync(one.id).catch(failed)}
      >
        {button(t("shared:action.delete"), <DeleteOutlined />)}
      </Popconfirm>
    </Space>
  );
}
