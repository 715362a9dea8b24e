import { MergeCellsOutlined, SettingOutlined, SyncOutlined } from "@ant-design/icons";
import { Button, Progress, Segmented, Space, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { UNKNOWN } from "@/shared/format/format";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useJobNews } from "@/shared/stream/stream";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { GradeBadge, type Overridden } from "@/shared/ui/Grade";
import styles from "./duplicates.module.css";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { SourceText } from "@/shared/ui/SourceText";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText, RelativeTime } from "@/shared/ui/values";
import type { Job, Standing } from "@/shared/api/types";
import { isRunning, useDecide, useGroups, usePolicy, useRun, useSummary, type Group, type MatchState, type Member } from "../api";
import { PolicyDialog } from "./PolicyDialog";
import { Reasons } from "./Reasons";

const TABS = ["same", "look", "later", "different"] as const;
type Tab = (typeof TABS)[number];

/** Customers that may be one, in groups side by side, with the reasons and what to do. */
export function Component() {
  const { t } = useTranslation("quality");
  const [params, setParams] = useSearchParams();
  const tab: Tab = TABS.find((one) => one === params.get("tab")) ?? "same";
  const [setting, setSetting] = useState(false);
  const summary = useSummary();
  const policy = usePolicy();
  const mayMerge = useCan(CAN.merge);
  const maySet = useCan(CAN.manageSetup);
  const state: MatchState = tab === "later" || tab === "different" ? tab : "open";
  const groups = useGroups(state === "open" ? tab : undefined, state);
  const job = summary.data?.job;
  return (
    <>
      <PageHeader
        title={t("duplicates.title")}
        about={job?.finished_at && job.state === "done" ? <>{t("duplicates.last")} <RelativeTime value={job.finished_at} /></> : t("duplicates.about")}
        actions={
          <>
            {maySet && policy.data && <Button icon={<SettingOutlined />} onClick={() => setSetting(true)}>{t("policy.open")}</Button>}
            {mayMerge && <RunButton job={job} />}
          </>
        }
      />
      <Segmented<Tab>
        value={tab}
        onChange={(next) => setParams(next === "same" ? {} : { tab: next })}
        className={styles.tabs}
        options={TABS.map((one) => ({ value: one, label: <>{t(`tab.${one}`)} {summary.data && <NumberText value={summary.data[one]} />}</> }))}
      />
      <LoadedPages query={groups} none={<EmptyState title={t("duplicates.none")} why={t(job ? "duplicates.none_why" : "duplicates.never")} icon={<MergeCellsOutlined style={{ fontSize: 40 }} />} />}>
        {(all) => (
          <div className={styles.groups}>
            {all.map((group) => <GroupPanel key={`${state}-${group.id}`} group={group} state={state} mayMerge={mayMerge} />)}
            <LoadMore query={groups} />
          </div>
        )}
      </LoadedPages>
      {setting && policy.data && <PolicyDialog policy={policy.data} onClose={() => setSetting(false)} />}
    </>
  );
}

function RunButton({ job }: { job: Job | null | undefined }) {
  const { t } = useTranslation("quality");
  const failed = useFailed();
  const run = useRun();
  const news = useJobNews(job?.id);
  const now = news ?? job;
  if (now && isRunning(now)) {
    return (
      <div role="status" style={{ minWidth: 220 }}>
        <span>{t(`step.${now.message || "waiting"}`, { defaultValue: t("step.waiting") })}</span>
        <Progress size="small" percent={now.total ? Math.round((100 * now.progress) / now.total) : 0} aria-label={t("duplicates.progress")} />
      </div>
    );
  }
  return (
    <Button type="primary" icon={<SyncOutlined />} loading={run.isPending} onClick={() => void run.mutateAsync().catch(failed)}>
      {t("duplicates.run")}
    </Button>
  );
}

function GroupPanel({ group, state, mayMerge }: { group: Group; state: MatchState; mayMerge: boolean }) {
  const { t } = useTranslation("quality");
  const failed = useFailed();
  const decide = useDecide();
  const name = new Map(group.customers.map((one) => [one.id, one.name]));
  const say = (next: MatchState) =>
    void decide.mutateAsync({ matches: group.matches.map((one) => one.id), state: next }).catch(failed);
  return (
    <Panel
      title={<>{group.customers[0]?.name} <Tag>{t("duplicates.likely", { share: Math.floor(group.probability * 100) })}</Tag></>}
      extra={mayMerge && (
        <Space wrap>
          {state === "open" ? (
            <>
              <Link to={`/customers/merge?ids=${group.customers.map((one) => one.id).join(",")}`}><Button icon={<MergeCellsOutlined />}>{t("action.merge")}</Button></Link>
              <Button onClick={() => say("different")} loading={decide.isPending}>{t("action.different")}</Button>
              <Button onClick={() => say("later")} loading={decide.isPending}>{t("action.later")}</Button>
            </>
          ) : (
            <Button onClick={() => say("open")} loading={decide.isPending}>{t("action.open")}</Button>
          )}
        </Space>
      )}
    >
      <Members members={group.customers} />
      <div className={styles.matches}>
        {group.matches.map((match) => (
          <div key={match.id}>
            {group.customers.length > 2 && <div className={styles.pair}>{name.get(match.left)} – {name.get(match.right)}</div>}
            <Reasons reasons={match.reasons} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Members({ members }: { members: Member[] }) {
  const { t } = useTranslation("quality");
  const column = (key: "phone" | "email" | "region") => ({ key, title: t(`field.${key}`), render: (_: unknown, one: Member) => one[key] || UNKNOWN });
  return (
    <Table<Member>
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={members}
      columns={[
        { key: "name", title: t("field.name"), render: (_, one) => <Link to={`/customers/${one.id}`}>{one.name}</Link> },
        { key: "grade", title: t("field.grade"), render: (_, one) => <GradeBadge grade={one.grade as Standing} override={one.override as Overridden | null} computed={one.computed_grade} /> },
        column("phone"), column("email"), column("region"),
        { key: "owner", title: t("field.owner"), render: (_, one) => one.owner?.name ?? UNKNOWN },
        { key: "source", title: t("field.source"), render: (_, one) => <SourceText source={one.source} /> },
        { key: "created", title: t("field.created"), render: (_, one) => <RelativeTime value={one.created_at} /> },
      ]}
    />
  );
}
