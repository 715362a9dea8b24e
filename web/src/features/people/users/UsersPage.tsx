import { PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { PageHeader } from "@/shared/ui/PageHeader";
import { NumberText } from "@/shared/ui/values";
import { Loaded } from "@/shared/ui/Loaded";
import { useDepartments, useUsers, type User } from "../api";
import { DepartmentSelect } from "../departments/DepartmentSelect";
import styles from "../people.module.css";
import { RoleSelect } from "../roles/RoleSelect";
import { SecretDialog } from "../SecretDialog";
import { findUsers } from "./find";
import { DeactivateDialog } from "./DeactivateDialog";
import { UserDialog } from "./UserDialog";
import { UserTable } from "./UserTable";

interface Secret {
  username: string;
  password: string;
}

/** Everybody who can sign in: roles, departments, passwords. */
export function Component() {
  const { t } = useTranslation("people");
  const may = useCan(CAN.managePeople);
  const users = useUsers();
  const departments = useDepartments();
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const [link, setLink] = useState<{ username: string; link: string } | null>(null);
  const [leaving, setLeaving] = useState<User | null>(null);
  const [params, setParams] = useSearchParams();
  const put = (name: string, value: string | number | null | undefined) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (value) next.set(name, String(value));
      else next.delete(name);
      return next;
    }, { replace: true });
  const wanted = { q: params.get("q") ?? "", role: params.get("role"), department: Number(params.get("department")) || null };
  const found = users.data && findUsers(users.data, departments.data ?? [], wanted);
  return (
    <>
      <PageHeader
        title={t("user.title")}
        count={users.data && <NumberText value={users.data.length} />}
        actions={
          may && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
              {t("user.new")}
            </Button>
          )
        }
      />
      <div className={styles.bar} role="search" aria-label={t("user.search")}>
        <Input.Search allowClear className={styles.search} aria-label={t("user.search")} placeholder={t("user.search")} value={wanted.q} onChange={(event) => put("q", event.target.value)} />
        <RoleSelect allowClear aria-label={t("user.role")} placeholder={t("user.role")} width={150} value={wanted.role} onChange={(role) => put("role", role)} />
        <div style={{ width: 200 }}>
          <DepartmentSelect departments={departments.data ?? []} value={wanted.department} onChange={(id) => put("department", id)} placeholder={t("user.department")} aria-label={t("user.department")} />
        </div>
      </div>
      <Loaded query={users}>
        {() => <UserTable users={found ?? []} may={may} onEdit={setEditing} onPassword={setSecret} onLink={setLink} onDeactivate={setLeaving} />}
      </Loaded>
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
