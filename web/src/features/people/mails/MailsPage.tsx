import { MailOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Skeleton, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/client/schema";
import { get, post } from "@/shared/api/request";
import { Loaded, LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Status, type Tone } from "@/shared/ui/Status";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { RelativeTime } from "@/shared/ui/values";
import styles from "../people.module.css";

type Mail = components["schemas"]["MailOut"];
type MailPage = components["schemas"]["MailPage"];

const MAILS = ["people", "mails"] as const;
const TONES: Record<string, Tone> = { waiting: "busy", sent: "good", failed: "bad", kept: "off" };

const useMails = () =>
  useInfiniteQuery({
    queryKey: MAILS,
    queryFn: ({ pageParam }) => get<MailPage>("/mails", { limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Mails that were sent, wait, failed, or are kept because no mail server is set up. */
export function Component() {
  const { t } = useTranslation("people");
  const mails = useMails();
  const [shown, setShown] = useState<Mail | null>(null);
  return (
    <>
      <PageHeader title={t("mail.title")} about={t("mail.about")} />
      {mails.data?.pages[0]?.mail_server === false && <Alert type="info" showIcon title={t("mail.no_server")} description={t("mail.no_server_why")} style={{ marginBottom: 12 }} />}
      <LoadedPages query={mails} none={<EmptyState title={t("mail.none")} why={t("mail.none_why")} icon={<MailOutlined style={{ fontSize: 40 }} />} />}>
        {(items) => (
          <div className={styles.table}>
            <Table<Mail>
              size="middle"
              rowKey="id"
              dataSource={items}
              pagination={false}
              columns={[
                {
                  key: "subject", title: t("mail.subject"),
                  render: (_, mail) => (
                    <Button type="link" style={{ height: "auto", padding: 0, whiteSpace: "normal", textAlign: "start" }} onClick={() => setShown(mail)}>
                      {mail.subject}
                    </Button>
                  ),
                },
                { key: "to", title: t("mail.to"), responsive: ["sm"], render: (_, mail) => mail.to },
                { key: "state", title: t("mail.state"), render: (_, mail) => <State mail={mail} /> },
                { key: "at", title: t("mail.at"), responsive: ["md"], render: (_, mail) => <RelativeTime value={mail.sent_at ?? mail.created_at} /> },
              ]}
            />
            <LoadMore query={mails} />
          </div>
        )}
      </LoadedPages>
      <Drawer open={shown !== null} onClose={() => setShown(null)} title={shown?.subject} size={560} destroyOnHidden>
        {shown && <MailText mail={shown} server={mails.data?.pages[0]?.mail_server ?? false} />}
      </Drawer>
    </>
  );
}

function State({ mail }: { mail: Mail }) {
  const { t } = useTranslation("people");
  return (
    <>
      <Status tone={TONES[mail.state] ?? "off"}>{t(`mail.states.${mail.state}`)}</Status>
      {mail.error && (
        <span className={styles.hint}>
          {t("mail.attempts_count", { count: mail.attempts })} · {mail.error}
        </span>
      )}
    </>
  );
}

function MailText({ mail, server }: { mail: Mail; server: boolean }) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const failed = useFailed();
  const client = useQueryClient();
  const full = useQuery({ queryKey: [...MAILS, mail.id], queryFn: () => get<components["schemas"]["MailFullOut"]>(`/mails/${mail.id}`) });
  const send = useMutation({
    mutationFn: () => post<Mail>(`/mails/${mail.id}/send`),
    onSuccess: () => {
      void message.success(t("mail.sent_again"));
      void client.invalidateQueries({ queryKey: MAILS });
    },
    onError: failed,
  });
  return (
    <Loaded query={full} waiting={<Skeleton active />}>
      {(found) => (
        <>
          <p className={styles.field}>
            {t("mail.to")}: {mail.to}
          </p>
          <pre style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", font: "inherit" }}>{found.text}</pre>
          {server && (mail.state === "failed" || mail.state === "kept") && (
            <Button loading={send.isPending} onClick={() => send.mutate()}>
              {t("mail.send")}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}
