import { KeyOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Status } from "@/shared/ui/Status";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateText, NumberText, RelativeTime } from "@/shared/ui/values";
import { useApiKeys, useRevokeKey, type ApiKey } from "../api";
import styles from "../people.module.css";
import { SecretDialog } from "../SecretDialog";
import { useRoleName } from "../roles/useRoleName";
import { KeyDialog } from "./KeyDialog";
import { stateOf, wordOf } from "./scopes";

/** Keys with which other systems act for somebody, within scopes and until a day. */
export function Component() {
  const { t } = useTranslation("people");
  const keys = useApiKeys();
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t("key.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("key.title")} count={keys.data && <NumberText value={keys.data.length} />} about={t("key.about")} actions={create} />
      <Loaded query={keys} none={<EmptyState title={t("key.none")} why={t("key.none_why")} icon={<KeyOutlined style={{ fontSize: 40 }} />} />}>
        {(found) => <KeyTable keys={found} />}
      </Loaded>
      {creating && <KeyDialog onClose={() => setCreating(false)} onMade={setMade} />}
      <SecretDialog title={t("key.made_title", { name: made?.name ?? "" })} why={t("key.made_why")} label={t("key.key")} secret={made?.key ?? null} onClose={() => setMade(null)} />
    </>
  );
}

function KeyTable({ keys }: { keys: ApiKey[] }) {
  const { t } = useTranslation("people");
  const [now] = useState(() => Date.now());
  const roleName = useRoleName();
  return (
    <div className={styles.table}>
      <Table<ApiKey>
        size="middle"
        rowKey="id"
        dataSource={keys}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            key: "name", title: t("key.name"),
            render: (_, key) => (
              <>
                <span className={styles.person}>{key.name}</span>
                <code className={styles.sub}>jz_{key.prefix}…</code>
              </>
            ),
          },
          {
            key: "scopes", title: t("key.scopes"), responsive: ["sm"],
            render: (_, key) => <span className={styles.tags}>{key.scopes.map((scope) => <Tag key={scope}>{t(`scope.${wordOf(scope)}`, { defaultValue: scope })}</Tag>)}</span>,
          },
          { key: "role", title: t("key.role"), responsive: ["md"], render: (_, key) => (key.role ? roleName(key.role) : <span className={styles.sub}>{t("key.role_own")}</span>) },
          {
            key: "state", title: t("key.state"),
            render: (_, key) => {
              const state = stateOf(key, now);
              return <Status tone={state === "active" ? "good" : "off"}>{t(`key.${state}`)}</Status>;
            },
          },
          { key: "expires", title: t("key.expires"), responsive: ["md"], render: (_, key) => (key.expires_at ? <DateText value={key.expires_at} /> : t("key.no_expiry")) },
          { key: "used", title: t("key.last_used"), responsive: ["lg"], render: (_, key) => (key.last_used_at ? <RelativeTime value={key.last_used_at} /> : t("key.unused")) },
          { key: "by", title: t("key.by"), responsive: ["lg"], render: (_, key) => key.created_by },
          { key: "actions", title: <span className="visually-hidden">{t("actions")}</span>, width: 96, align: "right", render: (_, key) => (key.revoked_at ? null : <Revoke apiKey={key} />) },
        ]}
      />
    </div>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation("people");
  const failed = useFailed();
  const revoke = useRevokeKey();
  return (
    <Popconfirm
      title={t("key.revoke_title", { name: apiKey.name })}
      description={t("key.revoke_why")}
      okText={t("key.revoke")}
      okButtonProps={{ danger: true, loading: revoke.isPending }}
      onConfirm={() => revoke.mutateAsync(apiKey.id).catch(failed)}
    >
      <Button size="small" danger type="text">
        {t("key.revoke")}
      </Button>
    </Popconfirm>
  );
}
