import { PlusOutlined, UserOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { PageHeader } from "@/shared/ui/PageHeader";
import { useDepartments, type User } from "../api";
import { SecretDialog } from "../SecretDialog";
import { presentAddress } from "./address";
import { DeactivateDialog } from "./DeactivateDialog";
import { UserActions } from "./UserActions";
import { UserDialog } from "./UserDialog";
import { UserList } from "./UserList";

interface Secret {
  username: string;
  password: string;
}

/** Everybody who can sign in: roles, departments, passwords. */
export function Component() {
  const { t } = useTranslation("people");
  const may = useCan(CAN.managePeople);
  const departments = useDepartments();
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const [link, setLink] = useState<{ username: string; link: string } | null>(null);
  const [leaving, setLeaving] = useState<User | null>(null);
  const [params] = useSearchParams();
  const present = presentAddress(params);
  if (present) return <Navigate to={present} replace />;
  return (
    <>
      <UserList
        header={({ count, tools }) => (
          <PageHeader
            title={t("user.title")}
            count={count}
            actions={<>{tools}{may && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>{t("user.new")}</Button>}</>}
          />
        )}
        icon={<UserOutlined style={{ fontSize: 40 }} />}
        open={may ? setEditing : undefined}
        create={may ? () => setEditing("new") : undefined}
        actions={may ? (user) => <UserActions user={user} onEdit={setEditing} onPassword={setSecret} onLink={setLink} onDeactivate={setLeaving} /> : undefined}
      />
      {editing && (
        <UserDialog
          user={editing === "new" ? null : editing}
          departments={departments.data ?? []}
          onClose={() => setEditing(null)}
          onMade={(made) => setSecret({ username: made.user.username, password: made.password })}
        />
      )}
      {leaving && <DeactivateDialog user={leaving} onClose={() => setLeaving(null)} />}
      <SecretDialog
        title={t("user.password_title", { username: secret?.username ?? "" })}
        why={t("user.password_why")}
        label={t("user.password")}
        secret={secret?.password ?? null}
        onClose={() => setSecret(null)}
      />
      <SecretDialog
        title={t("user.link_title", { username: link?.username ?? "" })}
        why={t("user.link_why")}
        label={t("user.link")}
        secret={link?.link ?? null}
        onClose={() => setLink(null)}
      />
    </>
  );
}
