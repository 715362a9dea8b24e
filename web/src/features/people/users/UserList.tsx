import { Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { UNKNOWN } from "@/shared/format/format";
import { ArrangedList } from "@/shared/list/ArrangedList";
import { OnPhone } from "@/shared/table/OnPhone";
import { RelativeTime } from "@/shared/ui/values";
import { USERS, type User } from "../api";
import styles from "../people.module.css";
import { useRoleName } from "../roles/useRoleName";

const WIDTH = { name: 220, username: 150, role: 150, department: 170, title: 150, manager: 130, email: 230, phone: 150, last_login: 150, active: 90 };

interface Props {
  header: (parts: { count: ReactNode; tools: ReactNode }) => ReactNode;
  icon: ReactNode;
  /** Missing for those who may not. */
  open?: (user: User) => void;
  create?: () => void;
  actions?: (user: User) => ReactNode;
}

/** Everybody who can sign in, filtered, sorted and arranged as one likes. */
export function UserList({ header, icon, open, create, actions }: Props) {
  const { t } = useTranslation("people");
  const roleName = useRoleName();
  return (
    <ArrangedList<User>
      kind="users"
      path="/accounts"
      counted
      grouped
      queryKey={USERS}
      usualSort="username"
      words={{ title: t("user.title"), all: t("user.all"), search: t("user.search"), none: t("user.nobody"), noneWhy: t("user.nobody_why"), notFound: t("user.none") }}
      quick={["role", "department"]}
      icon={icon}
      header={header}
      render={{
        name: (user) => <UserName user={user} />,
        last_login: (user) => <LastLogin user={user} />,
      }}
      width={WIDTH}
      phone={[{
        key: "name", title: t("user.name"), responsive: ["xs", "sm"],
        render: (_, user) => (
          <>
            <UserName user={user} />
            <OnPhone>{user.username} · {roleName(user.role)} · {user.department?.name ?? UNKNOWN}</OnPhone>
            <OnPhone>{user.last_login && t("user.last_login")} <LastLogin user={user} /></OnPhone>
          </>
        ),
      }]}
      actions={actions && { key: "actions", title: <span className="visually-hidden">{t("actions")}</span>, width: 56, render: (_, user) => actions(user) }}
      open={open}
      create={create && { label: t("user.new"), run: create }}
    />
  );
}

function UserName({ user }: { user: User }) {
  const { t } = useTranslation("people");
  return (
    <span className={user.active ? styles.person : styles.off}>
      {user.name || user.username} {!user.active && <Tag>{t("user.inactive")}</Tag>}
    </span>
  );
}

function LastLogin({ user }: { user: User }) {
  const { t } = useTranslation("people");
  return user.last_login ? <RelativeTime value={user.last_login} /> : t("user.never");
}
