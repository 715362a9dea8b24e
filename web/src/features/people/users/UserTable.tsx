import { DesktopOutlined, EditOutlined, KeyOutlined, MailOutlined, MoreOutlined, SafetyOutlined, StopOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/shared/session/session";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { RelativeTime } from "@/shared/ui/values";
import { useActivate, useResetPassword, type User } from "../api";
import styles from "../people.module.css";
import { Sessions } from "../signin/Sessions";
import { useInvite, useRemoveSecondFactor } from "../signin/api";
import { useRoleName } from "../roles/useRoleName";

interface Props {
  users: User[];
  may: boolean;
  onEdit: (user: User) => void;
  onPassword: (secret: { username: string; password: string }) => void;
  onLink: (secret: { username: string; link: string }) => void;
  onDeactivate: (user: User) => void;
}

export function UserTable({ users, may, onEdit, onPassword, onLink, onDeactivate }: Props) {
  const { t } = useTranslation("people");
  const roleName = useRoleName();
  return (
    <div className={styles.table}>
      <Table<User>
        size="middle"
        rowKey="id"
        dataSource={users}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <EmptyState title={t("user.none")} why={t("user.none_why")} /> }}
        columns={[
          {
            key: "name", title: t("user.name"), sorter: (a, b) => (a.name || a.username).localeCompare(b.name || b.username),
            render: (_, user) => (
              <span className={user.active ? undefined : styles.off}>
                <span className={styles.person}>
                  {user.name || user.username} {!user.active && <Tag>{t("user.inactive")}</Tag>}
                </span>
                <span className={styles.sub}>{user.username}</span>
              </span>
            ),
          },
          { key: "role", title: t("user.role"), render: (_, user) => roleName(user.role) },
          { key: "department", title: t("user.department"), responsive: ["sm"], render: (_, user) => user.department?.name ?? "–" },
          { key: "email", title: t("user.email"), responsive: ["md"], render: (_, user) => user.email || "–" },
          { key: "last_login", title: t("user.last_login"), responsive: ["lg"], render: (_, user) => (user.last_login ? <RelativeTime value={user.last_login} /> : t("user.never")) },
          ...(may ? [{ key: "actions", title: <span className="visually-hidden">{t("actions")}</span>, width: 56, render: (_: unknown, user: User) => <Actions user={user} onEdit={onEdit} onPassword={onPassword} onLink={onLink} onDeactivate={onDeactivate} /> }] : []),
        ]}
      />
    </div>
  );
}

function Actions({ user, onEdit, onPassword, onLink, onDeactivate }: Omit<Props, "users" | "may"> & { user: User }) {
  const { t } = useTranslation(["people", "shared"]);
  const me = useMe();
  const { modal, message } = App.useApp();
  const failed = useFailed();
  const reset = useResetPassword();
  const activate = useActivate();
  const invitation = useInvite();
  const factor = useRemoveSecondFactor();

  const askReset = () =>
    modal.confirm({
      title: t("user.reset_title", { name: user.name || user.username }),
      content: t("user.reset_why"),
      okText: t("user.reset"),
      onOk: () => reset.mutateAsync(user.id).then(({ password }) => onPassword({ username: user.username, password }), failed),
    });
  const sendInvitation = () => void invitation.mutateAsync(user.id).then((made) => (made.link ? onLink({ username: user.username, link: made.link }) : void message.success(t("user.invited", { email: user.email }))), failed);
  const showSessions = () => modal.info({ icon: null, title: t("security.sessions_of", { name: user.name || user.username }), width: 520, okText: t("shared:action.close"), content: <Sessions userId={user.id} /> });
  const askFactor = () =>
    modal.confirm({
      title: t("security.take_factor_title", { name: user.name || user.username }),
      content: t("security.take_factor_why"),
      okText: t("security.take_factor"),
      okButtonProps: { danger: true },
      onOk: () => factor.mutateAsync(user.id).then(() => void message.success(t("shared:state.saved")), failed),
    });
  const askActive = () =>
    user.active
      ? onDeactivate(user)
      : void activate.mutateAsync({ id: user.id, active: true }).catch(failed);
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "edit", icon: <EditOutlined />, label: t("shared:action.edit"), onClick: () => onEdit(user) },
          { key: "reset", icon: <KeyOutlined />, label: t("user.reset"), onClick: askReset },
          { key: "invite", icon: <MailOutlined />, label: t("user.invite"), disabled: !user.active, onClick: sendInvitation },
          { key: "sessions", icon: <DesktopOutlined />, label: t("security.sessions"), onClick: showSessions },
          { key: "factor", icon: <SafetyOutlined />, label: t("security.take_factor"), onClick: askFactor },
          {
            key: "active", icon: user.active ? <StopOutlined /> : <UndoOutlined />, danger: user.active, disabled: user.id === me.id,
            label: user.active ? t("user.deactivate") : t("user.activate"), onClick: askActive,
          },
        ],
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("user.actions", { name: user.name || user.username })} />
    </Dropdown>
  );
}
