import { RollbackOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Grid, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { undoChanges, watchJob } from "@/shared/jobs/watched";
import { OnPhone } from "@/shared/table/OnPhone";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { Status, type Tone } from "@/shared/ui/Status";
import { DateTimeText, NumberText } from "@/shared/ui/values";
import styles from "../customers.module.css";
import { useFieldWords } from "../edit/useFieldWords";
import { PLACES, type What } from "../merge/api";
import { useChangeSets, useUndoConflicts, type ChangeSet, type UndoConflict } from "./api";
import { KINDS, changedIn, kindOf, serverKind } from "./kinds";

const TONES: Record<string, Tone> = { done: "good", undoing: "busy", undone: "off", partly_undone: "bad" };

type Done = Pick<ChangeSet, "kind" | "words">;

/** What was done to many records at once, newest first: what it was, whether it can still be taken back, and what could not be. */
export function Component() {
  const { t } = useTranslation(["customers", "shared"]);
  const [params, setParams] = useSearchParams();
  const [kind, setKind] = useState<string | null>(() => params.get("kind"));
  const sets = useChangeSets(kind);
  const open = Number(params.get("conflicts")) || null;
  const setOpen = (id: number | null) => setParams(id === null ? {} : { conflicts: String(id) }, { replace: true });
  const items = sets.data?.pages.flatMap((page) => page.items);
  const what = useWhat();
  const opened = items?.find((one) => one.id === open);
  const by = (one: ChangeSet) => (!one.by || one.by.name === "system" ? t("trash.system") : one.by.name);
  const state = (one: ChangeSet) => <Status tone={TONES[one.state] ?? "off"}>{t(`changes.states.${one.state}`, { defaultValue: one.state })}</Status>;
  return (
    <>
      <PageHeader title={t("changes.title")} about={t("changes.about")} />
      <div className={styles.search}>
        <Select allowClear aria-label={t("changes.kind")} placeholder={t("changes.kind")} value={kind} onChange={(value: string | undefined) => setKind(value ?? null)} options={KINDS.map((value) => ({ value: serverKind(value), label: t(`changes.kinds.${value}`) }))} />
      </div>
      <LoadedPages query={sets} waiting={<TableSkeleton rows={8} />}>
        {(items) => (
          <div className={styles.boxed}>
            <ScrollTable<ChangeSet>
              aria-label={t("changes.title")}
              size="middle"
              rowKey="id"
              dataSource={items}
              pagination={false}
              scroll={{ x: "max-content" }}
              locale={{ emptyText: <EmptyState title={t("changes.none")} why={t("changes.none_why")} action={<Link to="/customers">{t("list.title")}</Link>} /> }}
              columns={[
                { key: "at", title: t("changes.at"), responsive: ["md"], render: (_, one) => <DateTimeText value={one.at} /> },
                { key: "by", title: t("changes.by"), responsive: ["md"], render: (_, one) => by(one) },
                {
                  key: "what", title: t("changes.what"),
                  render: (_, one) => (
                    <>
                      {what(one)}
                      <OnPhone><DateTimeText value={one.at} /> {by(one)}</OnPhone>
                      <OnPhone>{state(one)}</OnPhone>
                    </>
                  ),
                },
                { key: "rows", title: t("changes.rows"), align: "right", render: (_, one) => <NumberText value={one.rows} /> },
                { key: "state", title: t("changes.state"), responsive: ["md"], render: (_, one) => state(one) },
                {
                  key: "actions", title: <span className="visually-hidden">{t("trash.actions")}</span>, align: "right",
                  render: (_, one) => (
                    <Space size={4}>
                      {one.state === "partly_undone" && <Button size="small" onClick={() => setOpen(one.id)}>{t("changes.conflicts")}</Button>}
                      {one.can_undo && <UndoButton one={one} what={what(one)} />}
                    </Space>
                  ),
                },
              ]}
            />
            <LoadMore query={sets} />
          </div>
        )}
      </LoadedPages>
      <Conflicts id={open} what={opened ? what(opened) : t("changes.conflicts")} onClose={() => setOpen(null)} />
    </>
  );
}

/** What a change set did, in words: the action, and the fields it changed; an undo also what it took back. */
function useWhat(): (one: Done) => string {
  const { t } = useTranslation(["customers", "shared"]);
  const words = { customers: useFieldWords(), contacts: useFieldWords("contacts") };
  const what = (one: Done): string => {
    const contacts = one.words.records === "contacts";
    const action = t(`changes.kinds.${kindOf(one.kind)}`, { defaultValue: one.kind });
    const { of_kind: kind, of_words: of } = one.words;
    if (typeof kind === "string") return [action, what({ kind, words: (of ?? {}) as Done["words"] })].join(" · ");
    const named = [one.words.to, one.words.name, one.words.filename, one.words.source].find((value) => typeof value === "string" && value !== "");
    const { label } = contacts ? words.contacts : words.customers;
    return [action, contacts && t("changes.of_contacts"), changedIn(one.words, label).join(t("shared:filter.join")), named].filter(Boolean).join(" · ");
  };
  return what;
}

function UndoButton({ one, what }: { one: ChangeSet; what: string }) {
  const { t } = useTranslation(["customers", "shared"]);
  const { modal } = App.useApp();
  const client = useQueryClient();
  const failed = useFailed();
  const refresh = () => {
    for (const key of [["changes"], ["customers"], ["value"], ["integration"]]) void client.invalidateQueries({ queryKey: key });
  };
  const undo = useMutation({
    mutationFn: () => undoChanges(one.id),
    onSuccess: (job) => {
      watchJob({ job, title: t("shared:jobs.undoing"), done: (result) => t("shared:jobs.undone", { count: Number(result.undone ?? 0) }), onEnd: refresh });
      refresh();
    },
    onError: failed,
  });
  const ask = () => modal.confirm({ title: t("changes.undo_title", { what }), content: t("changes.undo_why"), okText: t("shared:jobs.undo"), cancelText: t("shared:action.cancel"), onOk: () => undo.mutateAsync().catch(() => undefined) });
  return (
    <Button size="small" icon={<RollbackOutlined />} loading={undo.isPending} onClick={() => void ask()}>
      {t("shared:jobs.undo")}
    </Button>
  );
}

function Conflicts({ id, what, onClose }: { id: number | null; what: string; onClose: () => void }) {
  const { t } = useTranslation("customers");
  const words = { customers: useFieldWords(), contacts: useFieldWords("contacts") };
  const of = (one: UndoConflict) => (one.subject_type === "contact" ? words.contacts : words.customers);
  const phone = Grid.useBreakpoint().md === false;
  const conflicts = useUndoConflicts(id);
  return (
    <Drawer open={id !== null} onClose={onClose} size={phone ? "100%" : 720} title={what}>
      <p className={styles.under}>{t("changes.conflicts_why")}</p>
      <LoadedPages query={conflicts} waiting={<TableSkeleton rows={6} />}>
        {(items) => (
          <ScrollTable<UndoConflict>
            aria-label={t("changes.conflicts")}
            size="small"
            rowKey={(one) => `${one.subject_type}-${one.subject_id}-${one.field}`}
            dataSource={items}
            pagination={false}
            scroll={{ x: "max-content" }}
            columns={[
              {
                key: "name", title: t("changes.record"),
                render: (_, one) => (
                  <>
                    <Subject one={one} />
                    <OnPhone>{one.field && of(one).label(one.field)} {one.field && of(one).value(one.field, one.before)} <span aria-hidden>→</span> {one.field && of(one).value(one.field, one.after)}</OnPhone>
                  </>
                ),
              },
              { key: "field", title: t("changes.field"), responsive: ["md"], render: (_, one) => one.field && of(one).label(one.field) },
              { key: "before", title: t("changes.before"), responsive: ["md"], render: (_, one) => one.field && of(one).value(one.field, one.before) },
              { key: "after", title: t("changes.after"), responsive: ["md"], render: (_, one) => one.field && of(one).value(one.field, one.after) },
              { key: "current", title: t("changes.current"), render: (_, one) => (one.why === "changed" ? of(one).value(one.field, one.current) : t(`changes.why.${one.why}`, { defaultValue: one.why })) },
            ]}
          />
        )}
      </LoadedPages>
      <LoadMore query={conflicts} />
    </Drawer>
  );
}

/** What the change was about, as a link where it has a page. */
function Subject({ one }: { one: UndoConflict }) {
  const place = one.subject_type in PLACES ? PLACES[one.subject_type as What] : null;
  return place ? <Link to={place.record(one.subject_id)}>{one.name || `#${one.subject_id}`}</Link> : <>{one.name || `${one.subject_type} #${one.subject_id}`}</>;
}
