import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Divider, Form, Input } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { get } from "@/shared/api/request";
import { askForReset, giveCode, goToProvider, signIn, whereAmI } from "@/shared/session/door";
import { ME, SETTINGS } from "@/shared/session/session";
import { DoorFrame } from "./DoorFrame";
import { DoorError } from "./DoorError";
import styles from "./SignInPage.module.css";

/** Only addresses of this site, so that a link cannot lead the signed-in person elsewhere. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

interface Door {
  providers: { id: string; name: string }[];
  password_reset: boolean;
}

type Step = "password" | "code" | "forgotten" | "sent";
const REFUSALS = ["unknown", "inactive", "away", "cancelled", "provider"];

/** Why a provider's sign-in came to nothing: we say it as `refused`, the library as `error`, whose “unknown” is a fault, not a person. */
export function refusalOf(params: URLSearchParams): string | null {
  const ours = params.get("refused");
  if (ours !== null) return REFUSALS.includes(ours) ? ours : "provider";
  const theirs = params.get("error");
  if (theirs === null) return null;
  return theirs === "cancelled" ? "cancelled" : "provider";
}

export function SignInPage() {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const door = useQuery({ queryKey: ["door"], queryFn: () => get<Door>("/sign-in") }).data;
  const [step, setStep] = useState<Step>(params.has("forgotten") ? "forgotten" : "password");
  const refused = refusalOf(params);
  const next = safeNext(params.get("next"));

  const enter = async () => {
    client.removeQueries({ queryKey: ME });
    client.removeQueries({ queryKey: SETTINGS });
    await navigate(next, { replace: true });
  };
  const arrived = params.has("provider") && refused === null;
  useEffect(() => {
    // Back from a provider: signed in, or the second factor is still to be given. Otherwise this sets the CSRF cookie.
    void whereAmI()
      .then((entry) => {
        if (arrived && entry === "in") void enter();
        else if (entry === "code") setStep("code");
      })
      .catch(() => undefined);
    // Once, on arrival.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return (
    <DoorFrame title={t("sign_in.title")}>
      {refused && step === "password" && <Alert type="error" showIcon className={styles.error} title={t(`sign_in.refused.${refused}`)} />}
      {step === "password" && (
        <>
          <PasswordStep onIn={enter} onCode={() => setStep("code")} />
          {door && door.providers.length > 0 && (
            <>
              <Divider plain>{t("sign_in.or")}</Divider>
              {door.providers.map((one) => (
                <Button key={one.id} block size="large" className={styles.provider} onClick={() => goToProvider(one.id, `/sign-in?provider=1&next=${encodeURIComponent(next)}`)}>
                  {t("sign_in.by", { name: one.name })}
                </Button>
              ))}
            </>
          )}
          {door?.password_reset ? (
            <Button type="link" onClick={() => setStep("forgotten")}>
              {t("sign_in.forgotten")}
            </Button>
          ) : (
            <p className={styles.help}>{t("sign_in.help")}</p>
          )}
        </>
      )}
      {step === "code" && <CodeStep onIn={enter} onBack={() => setStep("password")} />}
      {step === "forgotten" && <ForgottenStep onSent={() => setStep("sent")} onBack={() => setStep("password")} />}
      {step === "sent" && (
        <>
          <Alert type="success" showIcon title={t("sign_in.sent")} description={t("sign_in.sent_why")} />
          <Button type="link" onClick={() => setStep("password")}>
            {t("sign_in.back")}
          </Button>
        </>
      )}
    </DoorFrame>
  );
}

interface StepProps<Entered> {
  act: (entered: Entered) => Promise<void>;
  submit: string;
  children: ReactNode;
}

/** One form of the door: what went wrong above, one button below. */
function StepForm<Entered extends object>({ act, submit, children }: StepProps<Entered>) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (entered: Entered) => {
    setBusy(true);
    setError(null);
    try {
      await act(entered);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void run(entered)}>
      <DoorError error={error} />
      {children}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {submit}
      </Button>
    </Form>
  );
}

function PasswordStep({ onIn, onCode }: { onIn: () => Promise<void>; onCode: () => void }) {
  const { t } = useTranslation("app");
  const act = async ({ username, password }: { username: string; password: string }) => {
    if ((await signIn(username.trim(), password)) === "code") onCode();
    else await onIn();
  };
  return (
    <StepForm act={act} submit={t("sign_in.submit")}>
      <Form.Item name="username" label={t("sign_in.username")} rules={[{ required: true, message: t("sign_in.username_missing") }]}>
        <Input autoFocus autoComplete="username" size="large" />
      </Form.Item>
      <Form.Item name="password" label={t("sign_in.password")} rules={[{ required: true, message: t("sign_in.password_missing") }]}>
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
    </StepForm>
  );
}

function CodeStep({ onIn, onBack }: { onIn: () => Promise<void>; onBack: () => void }) {
  const { t } = useTranslation("app");
  const act = async ({ code }: { code: string }) => {
    await giveCode(code);
    await onIn();
  };
  return (
    <>
      <StepForm act={act} submit={t("sign_in.submit")}>
        <Form.Item name="code" label={t("sign_in.code")} extra={t("sign_in.code_why")} rules={[{ required: true, message: t("sign_in.code_missing") }]}>
          <Input autoFocus autoComplete="one-time-code" inputMode="numeric" size="large" maxLength={20} />
        </Form.Item>
      </StepForm>
      <Button type="link" onClick={onBack}>
        {t("sign_in.back")}
      </Button>
    </>
  );
}

function ForgottenStep({ onSent, onBack }: { onSent: () => void; onBack: () => void }) {
  const { t } = useTranslation("app");
  const act = async ({ email }: { email: string }) => {
    await askForReset(email.trim());
    onSent();
  };
  return (
    <>
      <StepForm act={act} submit={t("sign_in.send")}>
        <Form.Item name="email" label={t("sign_in.email")} rules={[{ required: true, type: "email", message: t("me.email_wrong") }]}>
          <Input autoFocus autoComplete="email" size="large" />
        </Form.Item>
      </StepForm>
      <Button type="link" onClick={onBack}>
        {t("sign_in.back")}
      </Button>
    </>
  );
}
