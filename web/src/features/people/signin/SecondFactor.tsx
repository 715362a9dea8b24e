import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, QRCode, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/client/schema";
import { confirmSelf } from "@/shared/session/door";
import { ME } from "@/shared/session/session";
import { Status } from "@/shared/ui/Status";
import { useErrorText } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { activate, deactivate, readCodes, readSecret } from "./api";
import styles from "./signin.module.css";

type Security = components["schemas"]["SecurityOut"];
/** What waits for the password: done again once it was given. */
type Waiting = () => Promise<void>;

/** The second factor: set up with an app, recovery codes, taken away. */
export function SecondFactor({ security }: { security: Security }) {
  const { t } = useTranslation("people");
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const failed = useFailed();
  const [setup, setSetup] = useState<{ secret: string; url: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);

  const tried = (work: Waiting) => void work().catch(failed);
  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: ["people", "security"] }), client.invalidateQueries({ queryKey: ME })]);
  const later = (work: Waiting) => setWaiting(() => work);

  const begin = async () => setSetup(await readSecret());
  const confirm = async (code: string): Promise<void> => {
    const status = await activate(code.replace(/\s/g, ""));
    if (status === 401) return later(() => confirm(code));
    if (status !== 200) return void message.error(t("security.code_wrong"));
    setSetup(null);
    setCodes(await readCodes(false));
    await refresh();
  };
  const takeAway = async (): Promise<void> => {
    if ((await deactivate()) === 401) return later(takeAway);
    await refresh();
  };
  const showCodes = async (anew: boolean): Promise<void> => {
    const found = await readCodes(anew);
    if (found === null) return later(() => showCodes(anew));
    setCodes(found);
    await refresh();
  };
  const askTakeAway = () => modal.confirm({ title: t("security.remove_title"), content: t(security.required ? "security.remove_required" : "security.remove_why"), okText: t("security.remove"), okButtonProps: { danger: true }, onOk: () => tried(takeAway) });

  return (
    <>
      <Status tone={security.second_factor ? "good" : "off"}>{t(security.second_factor ? "security.on" : "security.off")}</Status>
      <p>{t("security.about")}</p>
      {security.second_factor ? (
        <>
          <p>{t("security.codes_left", { count: security.recovery_codes_left })}</p>
          <div className={styles.buttons}>
            <Button onClick={() => tried(() => showCodes(false))}>{t("security.show_codes")}</Button>
            <Button onClick={() => tried(() => showCodes(true))}>{t("security.new_codes")}</Button>
            <Button danger onClick={askTakeAway}>
              {t("security.remove")}
            </Button>
          </div>
        </>
      ) : !security.has_password ? (
        // Setting one up is confirmed with the password; who has none comes by the company's own sign-in.
        <p>{t("security.by_provider")}</p>
      ) : setup ? (
        <Setup {...setup} onCode={(code) => tried(() => confirm(code))} />
      ) : (
        <Button type="primary" onClick={() => tried(begin)}>
          {t("security.set_up")}
        </Button>
      )}
      {codes && <Codes codes={codes} onClose={() => setCodes(null)} />}
      {waiting && (
        <AskPassword
          onClose={() => setWaiting(null)}
          onConfirmed={() => {
            setWaiting(null);
            tried(waiting);
          }}
        />
      )}
    </>
  );
}

function Setup({ secret, url, onCode }: { secret: string; url: string; onCode: (code: string) => void }) {
  const { t } = useTranslation("people");
  return (
    <div className={styles.setup}>
      <QRCode value={url} size={168} />
      <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => onCode(code)}>
        <p>{t("security.scan")}</p>
        <Typography.Paragraph copyable={{ text: secret }}>
          <code>{secret}</code>
        </Typography.Paragraph>
        <Form.Item name="code" label={t("security.code")} rules={[{ required: true, pattern: /^[\d\s]{6,8}$/, message: t("security.code_missing") }]}>
          <Input autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={8} style={{ width: 160 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t("security.confirm")}
        </Button>
      </Form>
    </div>
  );
}

function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation("people");
  return (
    <Modal open title={t("security.codes_title")} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t("secret.done")}</Button>}>
      <Alert type="warning" showIcon title={t("security.codes_why")} />
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Typography.Text copyable={{ text: codes.join("\n") }}>{t("security.copy_all")}</Typography.Text>
    </Modal>
  );
}

function AskPassword({ onConfirmed, onClose }: { onConfirmed: () => void; onClose: () => void }) {
  const { t } = useTranslation("people");
  const errorText = useErrorText();
  const [form] = Form.useForm<{ password: string }>();
  const submit = async ({ password }: { password: string }) => {
    try {
      await confirmSelf(password);
      onConfirmed();
    } catch (error) {
      form.setFields([{ name: "password", errors: [errorText(error)] }]);
    }
  };
  return (
    <Modal open title={t("security.password_title")} onCancel={onClose} onOk={form.submit} okText={t("security.confirm")}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(entered) => void submit(entered)}>
        <p>{t("security.password_why")}</p>
        <Form.Item name="password" label={t("user.password")} rules={[{ required: true, message: t("security.password_missing") }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
