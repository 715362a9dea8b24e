import { CopyOutlined, DeleteOutlined, EditOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Space, Table, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "@/shared/i18n/i18n";
import { useMe } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import { useDeleteRole, useRoles, type Role } from "../api";
import styles from "../people.module.css";
import { RoleDrawer, type Editing } from "./RoleDrawer";
import { usersAddress } from "../users/address";

/** What people may do and see: the ready roles and the company's own. */
export function Component() {
  const { t } = useTranslation("people");
  const roles = useRoles();
  const [editing, setEditing] = useState<Editing | null>(null);
  return (
    <>
      <PageHeader title={t("roles.title")} count={roles.data && <NumberText value={roles.data.length} />} about={t("roles.about")} />
      <Loaded query={roles}>
        {(found) => <RoleTable roles={found} onEdit={setEditing} />}
      </Loaded>
      {editing && <RoleDrawer key={`${editing.role.code} ${String(editing.copy)}`} editing={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function RoleTable({ roles, onEdit }: { roles: Role[]; onEdit: (editing: Editing) => void }) {
  const { t } = useTranslation("people");
  const label = useLabel();
  return (
    <div className={styles.table}>
      <Table<Role>
        size="middle"
        rowKey="code"
        dataSource={roles}
        pagination={false}
        columns={[
          {
            key: "name", title: t("roles.name"),
            render: (_, role) => (
              <>
                <span className={styles.person}>
                  {label(role.label)} {!role.ready && <Tag>{t("roles.own")}</Tag>}
                </span>
                <span className={styles.sub}>{label(role.about)}</span>
              </>
            ),
          },
          { key: "reach", title: t("roles.reach"), responsive: ["sm"], render: (_, role) => t(`reach.${role.reach}`) },
          {
            key: "permissions", title: t("roles.permissions"), align: "right", responsive: ["md"],
            render: (_, role) => (role.locked ? t("roles.all_permissions") : <NumberText value={role.permissions.length} />),
          },
          { key: "fields", title: t("roles.fields"), align: "right", responsive: ["md"], render: (_, role) => <NumberText value={Object.keys(role.fields).length} /> },
          {
            key: "people", title: t("roles.people"), align: "right", width: 76,
            render: (_, role) => (role.people > 0 ? <Link to={usersAddress({ role: role.code })}><NumberText value={role.people} /></Link> : <NumberText value={0} />),
          },
          { key: "actions", title: <span className="visually-hidden">{t("actions")}</span>, width: 132, align: "right", render: (_, role) => <Actions role={role} onEdit={onEdit} /> },
        ]}
      />
    </div>
  );
}

function Actions({ role, onEdit }: { role: Role; onEdit: (editing: Editing) => void }) {
  const { t } = useTranslation(["people", "shared"]);
  const me = useMe();
  const label = useLabel();
  const failed = useFailed();
  const gone = useDeleteRole();
  const name = label(role.label);
  const button = (words: string, icon: React.ReactNode, onClick?: () => void) => (
    <Tooltip title={words}>
      <Button type="text" size="small" icon={icon} aria-label={`${words}: ${name}`} onClick={onClick} />
    </Tooltip>
  );
  const fixed = role.locked || role.code === me.role;
  return (
    <Space size={4}>
      {button(t("roles.copy"), <CopyOutlined />, () => onEdit({ role, copy: true }))}
      {button(fixed ? t("roles.view") : t("roles.edit"), fixed ? <EyeOutlined /> : <EditOutlined />, () => onEdit({ role, copy: false }))}
      {!role.ready && (
        <Popconfirm
          title={t("roles.delete_title", { name })}
          description={t("roles.delete_why")}
          okText={t("shared:action.delete")}
          okButtonProps={{ danger: true, loading: gone.isPending }}
          onConfirm={() => gone.mutateAsync(role.code).catch(failed)}
        >
          {button(t("shared:action.delete"), <DeleteOutlined />)}
        </Popconfirm>
      )}
    </Space>
  );
}
