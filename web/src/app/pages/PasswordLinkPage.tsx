/** Pages that a mail leads to: set the own password, by invitation or because it was forgotten. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { ApiError, post } from "@/shared/api/request";
import { lookAtReset, resetPassword } from "@/shared/session/door";
import { DoorError } from "./DoorError";
import { DoorFrame } from "./DoorFrame";
import styles from "./SignInPage.module.css";

type Person = { username: string; name: string };

/** Used, expired or unknown, and not merely out of reach at the moment. */
const isGone = (error: unknown) => error instanceof ApiError && error.status === 404;

export function InvitationPage() {
  const { t } = useTranslation(["app", "shared"]);
  const token = useLocation().hash.slice(1);
  const person = useQuery({ queryKey: ["invitation", token], queryFn: () => post<Person>("/invitations/look", { token }), enabled: token !== "", retry: false });
  const accept = async (password: string) => void (await post("/invitations/accept", { token, password }));
  return (
    <DoorFrame title={t("password_link.invitation")}>
      {token === "" || isGone(person.error) ? (
        <>
          <Alert type="error" showIcon className={styles.error} title={t("password_link.invalid")} description={t("password_link.invalid_why")} />
          <Link to="/sign-in">{t("sign_in.back")}</Link>
        </>
      ) : person.error ? (
        <>
          <DoorError error={person.error} />
          <Button size="large" block onClick={() => void person.refetch()}>
            {t("shared:action.retry")}
          </Button>
        </>
      ) : !person.data ? (
        <Skeleton active paragraph={{ rows: 3 }} />
      ) : (
        <>
          <p>{t("password_link.hello", person.data)}</p>
          <PasswordForm username={person.data.username} save={accept} />
        </>
      )}
    </DoorFrame>
  );
}

export function ResetPasswordPage() {
  const { t } = useTranslation("app");
  const key = useLocation().hash.slice(1);
  const look = useQuery({ queryKey: ["reset", key], queryFn: () => lookAtReset(key), retry: false, staleTime: Infinity });
  return (
    <DoorFrame title={t("password_link.reset")}>
      {look.error ? (
        <>
          <DoorError error={look.error} />
          <Link to="/sign-in?forgotten">
            <Button type="primary" size="large" block>
              {t("sign_in.send")}
            </Button>
          </Link>
        </>
      ) : look.data ? (
        <PasswordForm username="" save={(password) => resetPassword(key, password)} />
      ) : (
        <Skeleton active paragraph={{ rows: 3 }} />
      )}
    </DoorFrame>
  );
}

function PasswordForm({ username, save }: { username: string; save: (password: string) => Promise<void> }) {
  const { t } = useTranslation("app");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const submit = async (password: string) => {
    setBusy(true);
    setError(null);
    try {
      await save(password);
      setDone(true);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  if (done) {
    return (
      <>
        <Alert type="success" showIcon title={t("password_link.done")} className={styles.error} />
        <Link to="/sign-in">
          <Button type="primary" size="large" block>
            {t("sign_in.submit")}
          </Button>
        </Link>
      </>
    );
  }
  return (
    <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={({ password }) => void submit(password)}>
      <DoorError error={error} />
      {username && <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />}
      <Form.Item name="password" label={t("me.password_new")} extra={t("password_link.rule")} rules={[{ required: true, min: 10, message: t("me.password_short") }]}>
        <Input.Password autoFocus autoComplete="new-password" size="large" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("me.password_again")}
        dependencies={["password"]}
        rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue("password") ? Promise.resolve() : Promise.reject(new Error(t("me.password_differs")))) })]}
      >
        <Input.Password autoComplete="new-password" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t("password_link.save")}
      </Button>
    </Form>
  );
}
