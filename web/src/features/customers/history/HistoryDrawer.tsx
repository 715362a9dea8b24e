import { HistoryOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { App, Button, Drawer, Grid, Select, Skeleton, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "@/shared/api/request";
import type { Page } from "@/shared/api/types";
import { UNKNOWN } from "@/shared/format/format";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import { useFields, useRefreshCustomer, type ListKind } from "../api";
import { useRefreshContacts } from "../contacts/api";
import styles from "../customers.module.css";
import { useFieldWords } from "../edit/useFieldWords";

interface Changed {
  field: string;
  before: unknown;
  after: unknown;
  can_restore: boolean;
}

interface HistoryEntry {
  id: number | string;
  at: string;
  by: { id: number | null; name: string } | null;
  via: string;
  changes: Changed[];
}

/** Whose history it is. */
interface Subject {
  kind: ListKind;
  id: number;
}

const useHistory = ({ kind, id }: Subject, field: string | null, open: boolean) =>
  useInfiniteQuery({
    queryKey: ["customers", kind === "contacts" ? kind : "timeline", id, "history", field],
    queryFn: ({ pageParam, signal }) => get<Page<HistoryEntry>>(`/${kind}/${id}/changes`, { limit: 30, cursor: pageParam, field }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: open,
  });

interface Props {
  record: Subject;
  open: boolean;
  onClose: () => void;
}

/** Who changed which field, when, from what to what; an earlier value can be put back. */
export function HistoryDrawer({ record, open, onClose }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const phone = Grid.useBreakpoint().md === false;
  const label = useLabel();
  const [field, setField] = useState<string | null>(null);
  const history = useHistory(record, field, open);
  const fields = useFields(record.kind).data ?? [];
  return (
    <Drawer open={open} onClose={onClose} size={phone ? "100%" : 520} title={t("history.title")}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        className={styles.choose}
        aria-label={t("history.field")}
        placeholder={t("history.field")}
        value={field}
        onChange={(code: string | undefined) => setField(code ?? null)}
        options={fields.filter((one) => one.editable).map((one) => ({ value: one.code, label: label(one.label) }))}
      />
      <LoadedPages query={history} waiting={<Skeleton active paragraph={{ rows: 8 }} title={false} />} none={<EmptyState title={t("history.none")} why={t(`history.none_why.${record.kind}`)} icon={<HistoryOutlined style={{ fontSize: 40 }} />} />}>
        {(items) => (
          <Timeline items={items.map((entry) => ({ key: entry.id, content: <Entry record={record} entry={entry} /> }))} />
        )}
      </LoadedPages>
      <LoadMore query={history} />
    </Drawer>
  );
}

function Entry({ record, entry }: { record: Subject; entry: HistoryEntry }) {
  const { t } = useTranslation("customers");
  return (
    <>
      <div className={styles.entry}>
        <strong>{!entry.by || entry.by.name === "system" ? t("trash.system") : entry.by.name}</strong>
        <span className={styles.under}><DateTimeText value={entry.at} /></span>
      </div>
      <ul className={styles.changes}>
        {entry.changes.map((change) => <Line key={change.field} record={record} entry={entry} change={change} />)}
      </ul>
    </>
  );
}

function useRefresh({ kind, id }: Subject): () => void {
  const customer = useRefreshCustomer(id);
  const contacts = useRefreshContacts();
  return kind === "customers" ? customer : contacts;
}

function Line({ record, entry, change }: { record: Subject; entry: HistoryEntry; change: Changed }) {
  const { t } = useTranslation("customers");
  const words = useFieldWords(record.kind);
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefresh(record);
  const mayEdit = useCan(CAN.editCustomers);
  const restore = useMutation({
    mutationFn: () => post<unknown>(`/${record.kind}/${record.id}/changes/${entry.id}/restore`, { field: change.field }),
    onSuccess: () => {
      refresh();
      void message.success(t("history.restored", { field: words.label(change.field) }));
    },
    onError: failed,
  });
  const before = words.value(change.field, change.before);
  return (
    <li>
      <span className={styles.kind}>{words.label(change.field)}</span>
      {before === UNKNOWN ? UNKNOWN : <s className={styles.before}>{before}</s>} <span aria-hidden>→</span> {words.value(change.field, change.after)}
      {change.can_restore && mayEdit && (
        <Button size="small" type="link" loading={restore.isPending} onClick={() => restore.mutate()}>
          {t("history.restore")}
        </Button>
      )}
    </li>
  );
}
