import { DesktopOutlined, EditOutlined, KeyOutlined, MailOutlined, MoreOutlined, SafetyOutlined, StopOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/shared/session/session";
import { useFailed } from "@/shared/ui/useFailed";
import { useActivate, useResetPassword, type User } from "../api";
import { Sessions } from "../signin/Sessions";
import { useInvite, useRemoveSecondFactor } from "../signin/api";

interface Props {
  user: User;
  onEdit: (user: User) => void;
  onPassword: (secret: { username: string; password: string }) => void;
  onLink: (secret: { username: string; link: string }) => void;
  onDeactivate: (user: User) => void;
}

/** What can be done with an account, for those who manage people. */
export function UserActions({ user, onEdit, onPassword, onLink, onDeactivate }: Props) {
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
