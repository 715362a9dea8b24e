import { ClearOutlined, ClockCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Segmented, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Job } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { watchJob } from "@/shared/jobs/watched";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded, LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton, useErrorText } from "@/shared/ui/states";
import { DateText } from "@/shared/ui/values";
import styles from "./retention.module.css";
import { KEY, lookNow, setYears, useOverdue, useRetention, type Overdue, type Retention } from "./api";
import { EraseManyDialog, KeepDialog } from "./OverdueDialogs";

const KINDS = ["organisation", "person"] as const;

/** How long customers are kept, and those with whom nothing happened for longer: to be erased, or kept on. */
export function Component() {
  const { t } = useTranslation("privacy");
  const retention = useRetention();
  return (
    <>
      <PageHeader title={t("retention.title")} about={t("retention.about")} />
      <Loaded query={retention} waiting={<TableSkeleton rows={6} />}>
        {(found) => (
          <>
            <Rules retention={found} />
            <List counts={found.counts} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Shows a look through all customers in the dock, and the result when it is done. */
function useWatchLook(): (job: Job) => void {
  const { t } = useTranslation("privacy");
  const client = useQueryClient();
  return (job) =>
    watchJob({ job, title: t("retention.looking"), done: (result) => t("retention.looked", { count: Number(result.found ?? 0) }), onEnd: () => void client.invalidateQueries({ queryKey: KEY }) });
}

function Rules({ retention }: { retention: Retention }) {
  const { t } = useTranslation(["privacy", "shared"]);
  const { message } = App.useApp();
  const text = useErrorText();
  const watch = useWatchLook();
  const [busy, setBusy] = useState(false);
  const begin = async (work: Promise<Job>) => {
    setBusy(true);
    try {
      watch(await work);
    } catch (error) {
      void message.error(text(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={t("retention.rules")}>
      <Form layout="inline" initialValues={retention.years} onFinish={(years: Retention["years"]) => void begin(setYears(years))} style={{ rowGap: 12 }}>
        {KINDS.map((kind) => (
          <Form.Item key={kind} name={kind} label={t(`retention.kind.${kind}`)}>
            <InputNumber min={1} max={100} precision={0} placeholder={t("retention.never")} suffix={t("retention.years")} style={{ width: 150 }} />
          </Form.Item>
        ))}
        <Button htmlType="submit" type="primary" loading={busy}>{t("shared:action.save")}</Button>
        <Button icon={<SearchOutlined />} disabled={busy} onClick={() => void begin(lookNow())} style={{ marginInlineStart: 8 }}>{t("retention.look")}</Button>
      </Form>
    </Panel>
  );
}

function List({ counts }: { counts: Retention["counts"] }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const [kind, setKind] = useState<(typeof KINDS)[number] | "all">("all");
  const overdue = useOverdue(kind === "all" ? null : kind);
  const [chosen, setChosen] = useState<number[]>([]);
  const [asking, setAsking] = useState<"chosen" | "all" | "keep" | null>(null);
  const total = kind === "all" ? counts.organisation + counts.person : counts[kind];
  const close = () => setAsking(null);
  const done = () => {
    setChosen([]);
    close();
  };
  return (
    <>
      <Space wrap style={{ marginBlock: 16 }}>
        <Segmented
          value={kind}
          onChange={(next) => { setKind(next as typeof kind); setChosen([]); }}
          options={[{ value: "all", label: t("retention.all", { count: counts.organisation + counts.person }) }, ...KINDS.map((one) => ({ value: one, label: `${t(`retention.kind.${one}`)} ${format.number(counts[one])}` }))]}
        />
        {chosen.length > 0 && <Button icon={<ClockCircleOutlined />} onClick={() => setAsking("keep")}>{t("retention.keep", { count: chosen.length })}</Button>}
        {chosen.length > 0 ? (
          <Button danger icon={<ClearOutlined />} onClick={() => setAsking("chosen")}>{t("retention.erase", { count: chosen.length })}</Button>
        ) : (
          total > 0 && <Button danger icon={<ClearOutlined />} onClick={() => setAsking("all")}>{t("retention.erase_all", { count: total })}</Button>
        )}
      </Space>
      <LoadedPages query={overdue} waiting={<TableSkeleton rows={8} />}>
        {(items) => (
          <div className={styles.boxed}>
            <ScrollTable<Overdue>
              aria-label={t("retention.title")}
              size="middle"
              rowKey="id"
              dataSource={items}
              pagination={false}
              scroll={{ x: "max-content" }}
              rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys as number[]), getCheckboxProps: (row) => ({ "aria-label": t("retention.choose", { name: row.name }) }) as object }}
              locale={{ emptyText: <EmptyState title={t("retention.none")} why={t("retention.none_why")} icon={<ClockCircleOutlined style={{ fontSize: 40 }} />} /> }}
              columns={[
                { key: "name", title: t("retention.customer"), render: (_, row) => <Link to={`/customers/${row.id}`}>{row.name}</Link> },
                { key: "kind", title: t("retention.kind_title"), render: (_, row) => t(`retention.kind.${row.kind as "person"}`) },
                { key: "owner", title: t("retention.owner"), render: (_, row) => row.owner?.name ?? t("retention.no_owner") },
                { key: "last", title: t("retention.last"), render: (_, row) => <DateText value={row.last_on} /> },
              ]}
            />
            <LoadMore query={overdue} />
          </div>
        )}
      </LoadedPages>
      {asking === "keep" && <KeepDialog ids={chosen} onDone={done} onClose={close} />}
      {asking === "chosen" && <EraseManyDialog count={chosen.length} selection={{ ids: chosen }} onDone={done} onClose={close} />}
      {asking === "all" && <EraseManyDialog count={total} selection={{ kind: kind === "all" ? null : kind, expected: total }} onDone={done} onClose={close} />}
    </>
  );
}
