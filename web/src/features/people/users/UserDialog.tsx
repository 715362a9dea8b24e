import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { createUser, updateUser, useRefreshPeople, type Department, type User, type NewUser } from "../api";
import { DepartmentSelect } from "../departments/DepartmentSelect";
import styles from "../people.module.css";
import { PersonSelect } from "./PersonSelect";
import { RoleSelect } from "../roles/RoleSelect";

type Made = { user: User; password: string };

interface Props {
  /** null makes a new account. */
  user: User | null;
  departments: Department[];
  onClose: () => void;
  onMade: (made: Made) => void;
}

/** Makes an account, or changes name, e-mail, role and department of one. */
export function UserDialog({ user, departments, onClose, onMade }: Props) {
  const { t } = useTranslation("people");
  const me = useMe();
  const refresh = useRefreshPeople();
  const save = async (entered: NewUser): Promise<Made | null> => {
    const given = { ...entered, department_id: entered.department_id ?? null, manager_id: entered.manager_id ?? null };
    if (!user) return createUser(given);
    await updateUser(user.id, given);
    return null;
  };
  return (
    <FormDialog<NewUser, Made | null>
      open
      title={user ? t("user.edit", { username: user.username }) : t("user.new")}
      initial={user ? { name: user.name, email: user.email, title: user.title, phone: user.phone, role: user.role, department_id: user.department?.id ?? null, manager_id: user.manager?.id ?? null } : { role: "salesperson" }}
      save={save}
      onSaved={(made) => {
        refresh();
        if (made) onMade(made);
      }}
      onClose={onClose}
    >
      {!user && (
        <Form.Item name="username" label={t("user.username")} extra={t("user.username_hint")} rules={[{ required: true, whitespace: true, message: t("user.username_missing") }]}>
          <Input autoFocus autoComplete="off" maxLength={80} />
        </Form.Item>
      )}
      <Form.Item name="name" label={t("user.name")}>
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="email" label={t("user.email")} rules={[{ type: "email", message: t("user.email_wrong") }]}>
        <Input autoComplete="off" maxLength={254} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="title" label={t("user.job")}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item name="phone" label={t("user.phone")}>
          <Input autoComplete="off" maxLength={40} inputMode="tel" />
        </Form.Item>
      </div>
      <Form.Item name="role" label={t("user.role")} rules={[{ required: true }]} extra={user?.id === me.id ? t("user.own_role") : undefined}>
        <RoleSelect disabled={user?.id === me.id} />
      </Form.Item>
      <Form.Item name="department_id" label={t("user.department")}>
        <DepartmentSelect departments={departments} placeholder={t("user.no_department")} />
      </Form.Item>
      <Form.Item name="manager_id" label={t("user.manager")} extra={t("user.manager_hint")}>
        <PersonSelect without={user?.id} />
      </Form.Item>
    </FormDialog>
  );
}
