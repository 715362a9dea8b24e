import { GlobalOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { switchLanguage, useLanguage } from "@/shared/i18n/i18n";
import { ME, SETTINGS, signIn, useSettingsQuery } from "@/shared/session/session";
import { PyramidMark } from "@/shared/ui/PyramidMark";
import { useErrorText } from "@/shared/ui/states";
import styles from "./SignInPage.module.css";

interface Entered {
  username: string;
  password: string;
}

/** Only addresses of this site, so that a link cannot lead the signed-in person elsewhere. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation("app");
  const language = useLanguage();
  const company = useSettingsQuery().data?.company;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const errorText = useErrorText();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async ({ username, password }: Entered) => {
    setBusy(true);
    setError(null);
    try {
      await signIn(username.trim(), password);
      client.removeQueries({ queryKey: ME });
      client.removeQueries({ queryKey: SETTINGS });
      await navigate(safeNext(params.get("next")), { replace: true });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <main className={styles.page}>
      <title>{`${t("sign_in.title")} · Jinzita`}</title>
      <div className={styles.box}>
        <div className={styles.brand}>
          <PyramidMark size={52} />
          <h1>{t("sign_in.title")}</h1>
          <p>{company && company !== "Jinzita" ? company : t("sign_in.slogan")}</p>
        </div>
        <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void submit(entered)}>
          {error !== null && <Alert type="error" showIcon title={errorText(error)} className={styles.error} />}
          <Form.Item name="username" label={t("sign_in.username")} rules={[{ required: true, message: t("sign_in.username_missing") }]}>
            <Input autoFocus autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item name="password" label={t("sign_in.password")} rules={[{ required: true, message: t("sign_in.password_missing") }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={busy}>
            {t("sign_in.submit")}
          </Button>
        </Form>
        <p className={styles.help}>{t("sign_in.help")}</p>
        <Button type="link" icon={<GlobalOutlined />} lang={language === "zh" ? "en" : "zh-CN"} onClick={() => void switchLanguage(language === "zh" ? "en" : "zh")}>
          {language === "zh" ? "English" : "简体中文"}
        </Button>
      </div>
    </main>
  );
}
