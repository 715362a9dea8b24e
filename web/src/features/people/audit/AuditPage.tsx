import { AuditOutlined } from "@ant-design/icons";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { DateTimeText } from "@/shared/ui/values";
import { ViewTabs } from "@/shared/views/ViewTabs";
import { useAudit, type AuditEntry } from "../api";
import styles from "../people.module.css";
import { AuditFilters } from "./AuditFilters";
import { changesOf } from "./changes";
import { isSearched } from "./search";
import { Subject } from "./Subject";
import { useAuditView } from "./useAuditView";
import { useFieldNames } from "./useFieldNames";
import { useSpoken, type Spoken } from "./useSpoken";

/** What was done, by whom, when, by which door; newest first. */
export function Component() {
  const { t } = useTranslation(["people", "shared"]);
  const view = useAuditView();
  const { search } = view;
  const audit = useAudit(search);
  return (
    <>
      <PageHeader title={t("audit.title")} about={t("audit.about")} />
      <ViewTabs kind="audit" views={view.views} current={view.view} changed={view.changed} content={view.content} allLabel={t("audit.all")} onOpen={view.open} />
      <AuditFilters search={search} onChange={view.change} />
      <LoadedPages query={audit} waiting={<TableSkeleton rows={12} />}>
        {(found) => (
          <div className={styles.table}>
            <Entries entries={found} searched={isSearched(search)} />
            <LoadMore query={audit} />
          </div>
        )}
      </LoadedPages>
    </>
  );
}

function Entries({ entries, searched }: { entries: AuditEntry[]; searched: boolean }) {
  const { t } = useTranslation("people");
  const spoken = useSpoken();
  const fieldName = useFieldNames(entries);
  const empty = <EmptyState title={searched ? t("audit.not_found") : t("audit.none")} why={searched ? t("audit.not_found_why") : t("audit.none_why")} icon={<AuditOutlined style={{ fontSize: 40 }} />} />;
  const who = (entry: AuditEntry) => (
    <>
      <span className={styles.person}>{entry.actor === "system" ? t("audit.system") : entry.actor}</span>
      <span className={styles.sub}>{spoken.via(entry)}</span>
    </>
  );
  const what = (entry: AuditEntry) => (
    <>
      {spoken.action(entry)}
      {spoken.gap(entry)}
      <Subject entry={entry} word={spoken.subject(entry)} />
    </>
  );
  return (
    <Table<AuditEntry>
      size="middle"
      rowKey="id"
      dataSource={entries}
      pagination={false}
      locale={{ emptyText: empty }}
      columns={[
        { key: "at", title: t("audit.at"), width: 180, responsive: ["md"], render: (_, entry) => <DateTimeText value={entry.at} /> },
        {
          key: "actor", title: t("audit.actor"), width: 180,
          render: (_, entry) => (
            <>
              {who(entry)}
              <span className={`${styles.sub} ${styles.narrow}`}><DateTimeText value={entry.at} /></span>
            </>
          ),
        },
        { key: "what", title: t("audit.what"), width: 220, responsive: ["md"], render: (_, entry) => what(entry) },
        {
          key: "changes", title: t("audit.changes"),
          render: (_, entry) => (
            <>
              <span className={styles.narrow}>{what(entry)}</span>
              <Changes entry={entry} spoken={spoken} fieldName={fieldName} />
            </>
          ),
        },
      ]}
    />
  );
}

function Changes({ entry, spoken, fieldName }: { entry: AuditEntry; spoken: Spoken; fieldName: ReturnType<typeof useFieldNames> }) {
  const read = (field: string, value: unknown) => (field === "fields" ? fieldName(entry, String(value)) : undefined);
  const changes = changesOf(entry, { ...spoken, value: (field, value) => read(field, value) ?? spoken.value(field, value) });
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.field}>
          <span className={styles.field}>{spoken.field(change.field)}</span>{" "}
          {change.before !== null && (
            <>
              <span className={styles.before}>{change.before}</span> <span aria-hidden>→</span>{" "}
            </>
          )}
          {change.after}
        </li>
      ))}
    </ul>
  );
}
