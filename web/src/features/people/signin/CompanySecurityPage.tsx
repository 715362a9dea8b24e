import { App, Button, Checkbox, Form, Table } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { Loaded } from "@/shared/ui/Loaded";
import { FormError } from "@/shared/ui/FormError";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { TableSkeleton } from "@/shared/ui/states";
import { shownInPlace, useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import { RobotFields } from "../notifications/RobotFields";
import { useCompanyRobot, useSaveCompanyRobot, type RobotKind } from "../notifications/api";
import { useRoles } from "../api";
import { useCompanySecurity, useLocks, useSaveCompanySecurity, useUnlock } from "./api";
import styles from "./signin.module.css";

/** The company's door: whose role needs a second factor, who is locked out, the company's chat robot. */
export function Component() {
  const { t } = useTranslation("people");
  return (
    <>
      <PageHeader title={t("security.company")} />
      <div className={styles.columns}>
        <Panel title={t("security.required_roles")}>
          <RequiredRoles />
        </Panel>
        <Panel title={t("security.locks")}>
          <Locks />
        </Panel>
        <Panel title={t("notice.company_robot")}>
          <Robot />
        </Panel>
      </div>
    </>
  );
}

function RequiredRoles() {
  const { t } = useTranslation(["people", "shared"]);
  const { message } = App.useApp();
  const roles = useRoles();
  const label = useLabel();
  const security = useCompanySecurity();
  const save = useSaveCompanySecurity();
  return (
    <Loaded query={security} waiting={<TableSkeleton rows={3} />}>
      {(found) => {
        const { mfa_roles: chosen, people_without: without } = found;
        return (
          <Form<{ roles: string[] }> initialValues={{ roles: chosen }} onFinish={({ roles }) => void save.mutateAsync(roles).then(() => void message.success(t("shared:state.saved")), shownInPlace)}>
            <p>{t("security.required_why")}</p>
            <Form.Item name="roles">
              <Checkbox.Group aria-label={t("security.required_roles")} options={(roles.data ?? []).map((role) => ({ value: role.code, label: label(role.label) }))} />
            </Form.Item>
            {without > 0 && <p>{t("security.without", { count: without })}</p>}
            <FormError error={save.error} />
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t("shared:action.save")}
            </Button>
          </Form>
        );
      }}
    </Loaded>
  );
}

function Locks() {
  const { t } = useTranslation("people");
  const failed = useFailed();
  const locks = useLocks();
  const unlock = useUnlock();
  return (
    <Loaded query={locks} waiting={<TableSkeleton rows={3} />} none={<p>{t("security.no_locks")}</p>}>
      {(found) => (
        <Table
          size="small"
          rowKey="id"
          dataSource={found}
          pagination={false}
          columns={[
            { key: "login", title: t("security.login"), render: (_, one) => <>{one.login} <span className={styles.sub}>{one.ip}</span></> },
            { key: "until", title: t("security.until"), render: (_, one) => <DateTimeText value={one.until} /> },
            {
              key: "act", title: <span className="visually-hidden">{t("actions")}</span>,
              render: (_, one) => (
                <Button size="small" onClick={() => void unlock.mutateAsync(one.id).catch(failed)}>
                  {t("security.unlock")}
                </Button>
              ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

interface EnteredRobot {
  robot: RobotKind;
  robot_url: string;
  robot_secret: string;
}

function Robot() {
  const { t } = useTranslation(["people", "shared"]);
  const { message } = App.useApp();
  const robot = useCompanyRobot();
  const save = useSaveCompanyRobot();
  return (
    <Loaded query={robot} waiting={<TableSkeleton rows={3} />}>
      {(found) => {
        const submit = ({ robot: kind, robot_url: url, robot_secret: secret }: EnteredRobot) =>
          void save.mutateAsync({ robot: kind, url: kind ? url : "", secret: secret || null }).then(() => void message.success(t("shared:state.saved")), shownInPlace);
        return (
          <Form<EnteredRobot> layout="vertical" initialValues={{ robot: found.robot, robot_url: found.url, robot_secret: "" }} onFinish={submit}>
            <p>{t("notice.company_robot_about")}</p>
            <RobotFields company hasSecret={found.has_secret} />
            <FormError error={save.error} />
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t("shared:action.save")}
            </Button>
          </Form>
        );
      }}
    </Loaded>
  );
}
