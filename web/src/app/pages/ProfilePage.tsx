import { useMutation } from "@tanstack/react-query";
import { App, Button, Descriptions, Form, Input, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { NotificationSettings } from "@/features/people";
import { post } from "@/shared/api/request";
import { switchLanguage, useLabel, useLanguage } from "@/shared/i18n/i18n";
import { useMe, useSavePreference } from "@/shared/session/session";
import { useThemeMode } from "@/shared/theme/ThemeProvider";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { ErrorDetails, useErrorText } from "@/shared/ui/states";
import styles from "./ProfilePage.module.css";

/** The signed-in person: name, address, language, theme, password. */
export function Component() {
  const { t } = useTranslation("app");
  const me = useMe();
  return (
    <>
      <PageHeader title={t("me.profile")} about={me.username} />
      <div className={styles.columns}>
        <Panel title={t("me.about")}>
          <About />
        </Panel>
        <Panel title={t("me.password")}>
          <Password />
        </Panel>
        <Panel title={t("me.notifications")}>
          <NotificationSettings />
        </Panel>
      </div>
    </>
  );
}

function About() {
  const { t } = useTranslation(["app", "shared"]);
  const me = useMe();
  const language = useLanguage();
  const label = useLabel();
  const { choice, choose } = useThemeMode();
  const save = useSavePreference();
  const { message } = App.useApp();
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        className={styles.facts}
        items={[
          { key: "role", label: t("me.role"), children: label(me.role_label) },
          { key: "department", label: t("me.department"), children: me.department?.name ?? "–" },
        ]}
      />
      <Form
        layout="vertical"
        initialValues={{ name: me.name, email: me.email }}
        onFinish={(entered: { name: string; email: string }) => void save(entered).then(() => message.success(t("shared:state.saved")))}
      >
        <Form.Item name="name" label={t("me.name")}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="email" label={t("me.email")} rules={[{ type: "email", message: t("me.email_wrong") }]}>
          <Input autoComplete="email" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t("shared:action.save")}
        </Button>
      </Form>
      <div className={styles.choices}>
        <span>{t("me.language")}</span>
        <Segmented
          aria-label={t("me.language")}
          value={language}
          options={[{ value: "zh", label: "简体中文" }, { value: "en", label: "English" }]}
          onChange={(value) => {
            void switchLanguage(value as "zh" | "en");
            void save({ language: value as "zh" | "en" });
          }}
        />
        <span>{t("me.theme")}</span>
        <Segmented
          aria-label={t("me.theme")}
          value={choice}
          options={(["light", "dark", "system"] as const).map((value) => ({ value, label: t(`me.theme_${value}`) }))}
          onChange={(value) => {
            choose(value);
            void save({ theme: value === "system" ? null : value });
          }}
        />
      </div>
    </>
  );
}

interface Passwords {
  current: string;
  new: string;
  again: string;
}

function Password() {
  const { t } = useTranslation("app");
  const errorText = useErrorText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: (entered: Passwords) => post("/me/password", { current: entered.current, new: entered.new }),
    onSuccess: () => {
      form.resetFields();
      void message.success(t("me.password_changed"));
    },
  });
  return (
    <Form<Passwords> id="password" form={form} layout="vertical" onFinish={(entered) => change.mutate(entered)}>
      <Form.Item name="current" label={t("me.password_current")} rules={[{ required: true, message: t("me.password_missing") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new" label={t("me.password_new")} rules={[{ required: true, min: 10, message: t("me.password_short") }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("me.password_again")}
        dependencies={["new"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) => (value === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("me.password_differs")))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.error && (
        <div role="alert" className={styles.error}>
          {errorText(change.error)}
          <ErrorDetails error={change.error} />
        </div>
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t("me.password_change")}
      </Button>
    </Form>
  );
}
