import { Skeleton, Tag, Timeline } from "antd";
import { useContext, useState, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { TimelineEntriesSlot } from "@/shared/slots/timelineEntries";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { GradeBadge } from "@/shared/ui/Grade";
import type { Standing } from "@/shared/api/types";
import { EmptyState } from "@/shared/ui/states";
import { useTimeline, type TimelineFilter, type TimelineItem } from "../api";
import styles from "../customers.module.css";
import { AllFiles } from "../files/AllFiles";
import { FileDrop } from "../files/FileDrop";
import { FileList } from "../files/FileList";
import { pickedOf, useFileRules, type Picked, type Shown } from "../files/files";
import { ChangeEntry } from "../timeline/ChangeEntry";
import { Composer } from "../timeline/Composer";
import { NoteActions } from "../timeline/NoteActions";
import { NoteText } from "../timeline/NoteText";
import { PinnedNotes } from "../timeline/PinnedNotes";
import { DutyEntry, OwnerEntry, StageEntry } from "../timeline/RecordEntries";
import { Removed } from "../timeline/Removed";
import { TimelineFilters } from "../timeline/TimelineFilters";

/** Kinds that happen on a day; the others at a moment. */
const OF_A_DAY = ["invoice", "receipt", "opportunity", "duty_missed"];
const COLOURS: Record<string, string> = { transaction: "green", receipt: "green", interaction: "blue", opportunity: "blue", note: "gold", file: "gold" };

/** Everything that happened with a customer, newest first: by kind, colleague, period and words; and where it is written down. */
export function CustomerTimeline({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const mayWrite = useCan(CAN.recordFacts);
  const [filter, setFilter] = useState<TimelineFilter>({ kinds: [] });
  const timeline = useTimeline(customerId, filter);
  const narrowed = filter.kinds.length > 0 || Boolean(filter.by_id || filter.since || filter.until || filter.q);
  const [picked, setPicked] = useState<Picked[]>([]);
  const rules = useFileRules().data;
  const pick = (files: Iterable<File>) => setPicked((now) => [...now, ...pickedOf(files, rules)]);
  return (
    <FileDrop onFiles={mayWrite ? pick : null}>
      {mayWrite && <Composer customerId={customerId} picked={picked} setPicked={setPicked} onFiles={pick} />}
      <PinnedNotes customerId={customerId} />
      <TimelineFilters filter={filter} onChange={setFilter} after={<><AllFiles customerId={customerId} />{mayWrite && <Removed customerId={customerId} />}</>} />
      <LoadedPages query={timeline} waiting={<Skeleton active paragraph={{ rows: 8 }} title={false} />} none={<EmptyState title={narrowed ? t("timeline.none_of_kind") : t("timeline.none")} why={t("timeline.none_why")} />}>
        {(items) => <Entries customerId={customerId} items={items} />}
      </LoadedPages>
      <LoadMore query={timeline} />
    </FileDrop>
  );
}

const isBad = (item: TimelineItem) => item.detail.kind === "complaint" || item.detail.kind === "fault" || item.detail.kind === "return" || item.kind === "duty_missed";
const dotColour = (item: TimelineItem) => (isBad(item) ? "red" : (COLOURS[item.kind] ?? "gray"));

function Entries({ customerId, items }: { customerId: number; items: TimelineItem[] }) {
  return <Timeline items={items.map((item) => ({ key: `${item.kind}-${item.id}`, color: dotColour(item), content: <Entry customerId={customerId} item={item} /> }))} />;
}

/** How an entry is told; a fact unless its kind is told in a way of its own. */
const WAYS: Record<string, ComponentType<{ item: TimelineItem }>> = {
  change: ChangeEntry, bulk_change: ChangeEntry, grade: GradeEntry, override: OverrideEntry, stage: StageEntry,
  ownership: OwnerEntry, ownership_end: OwnerEntry, duty_kept: DutyEntry, duty_missed: DutyEntry, duty_excused: DutyEntry,
};

function Entry({ customerId, item }: { customerId: number; item: TimelineItem }) {
  const tellers = useContext(TimelineEntriesSlot);
  if (item.kind === "note") return <NoteEntry customerId={customerId} item={item} />;
  if (item.kind === "file") return <FileEntry customerId={customerId} item={item} />;
  const Told = WAYS[item.kind] ?? FactEntry;
  return (
    <div>
      {tellers[item.kind]?.(item) ?? <Told item={item} />}
      <Under item={item} />
    </div>
  );
}

function Under({ item }: { item: TimelineItem }) {
  const format = useFormat();
  const { t } = useTranslation("customers");
  const by = item.by === "system" ? t("trash.system") : item.by;
  return (
    <div className={styles.under}>
      {OF_A_DAY.includes(item.kind) ? format.date(item.at) : format.dateTime(item.at)}
      {by && ` · ${by}`}
      {item.kind === "note" && item.detail.edited_at ? ` · ${t("notes.edited")}` : ""}
    </div>
  );
}

function NoteEntry({ customerId, item }: { customerId: number; item: TimelineItem }) {
  return (
    <div>
      <div className={styles.entry}>
        <NoteText text={item.title} mentions={(item.detail.mentions ?? []) as { name: string }[]} />
        <NoteActions customerId={customerId} id={item.id} byId={item.by_id} pinned={item.detail.pinned === true} />
      </div>
      <FileList customerId={customerId} files={(item.detail.files ?? []) as Shown[]} />
      <Under item={item} />
    </div>
  );
}

function FileEntry({ customerId, item }: { customerId: number; item: TimelineItem }) {
  const me = useMe();
  const mayWrite = useCan(CAN.recordFacts);
  const mayDelete = useCan(CAN.delete);
  const { kind, size, preview } = item.detail as Pick<Shown, "kind" | "size" | "preview">;
  const mayRemove = mayWrite && (mayDelete || item.by_id === me.id);
  return (
    <div>
      <FileList customerId={customerId} files={[{ id: item.id, name: item.title, kind, size, preview, may_remove: mayRemove }]} />
      <Under item={item} />
    </div>
  );
}

function GradeEntry({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("customers");
  return (
    <span>
      <span className={styles.kind}>{t("timeline.grade")}</span>
      <GradeBadge grade={item.detail.from as Standing} /> <span aria-hidden>→</span> <GradeBadge grade={item.detail.to as Standing} />
    </span>
  );
}

function OverrideEntry({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { grade, until, state, decided_by, answer } = item.detail as Record<string, string>;
  const decided = [decided_by, answer].filter(Boolean).join(" · ");
  return (
    <>
      <span className={styles.what}>
        <span className={styles.kind}>{t("timeline.override")}</span>
        <GradeBadge grade={grade as Standing} /> <Tag>{t(`override_state.${state as "asked"}`)}</Tag>
      </span>
      <div className={styles.under}>{item.title} · {t("timeline.override_until", { date: format.date(until) })}</div>
      {decided && <div className={styles.under}>{decided}</div>}
    </>
  );
}

function FactEntry({ item }: { item: TimelineItem }) {
  const format = useFormat(item.currency ?? undefined);
  const { t } = useTranslation("customers");
  const kind = useKindName()(item);
  const title = item.kind === "transaction" ? "" : item.title;
  const status = item.kind === "opportunity" ? String(item.detail.status ?? "") : "";
  const note = item.kind === "transaction" ? item.title : typeof item.detail.note === "string" ? item.detail.note : "";
  const returned = item.detail.kind === "return";
  return (
    <>
      <div className={styles.entry}>
        <span className={styles.what}>
          <span className={styles.kind}>{kind}</span>
          {title !== kind && title} {status && <Tag>{t(`status.${status}`, { defaultValue: status })}</Tag>}
        </span>
        {item.amount !== null && <span className={`${styles.sum} ${returned ? styles.down : ""}`}>{returned ? `−${format.money(item.amount)}` : format.money(item.amount)}</span>}
      </div>
      {note && <div className={styles.under}>{note}</div>}
    </>
  );
}

/** A sale or return, the kind of an interaction, or else the kind of fact. */
function useKindName(): (item: TimelineItem) => string {
  const { t } = useTranslation("customers");
  return (item) => {
    const kind = typeof item.detail.kind === "string" ? item.detail.kind : "";
    if (item.kind === "transaction" && kind) return t(`transaction.${kind}`, { defaultValue: kind });
    if (item.kind === "interaction" && kind) return t(`interaction.${kind}`, { defaultValue: kind });
    return t(`timeline.${item.kind}`, { defaultValue: item.kind });
  };
}

/** The last few entries alone, for a quick look. */
export function LatestEntries({ customerId, most = 5 }: { customerId: number; most?: number }) {
  const { t } = useTranslation("customers");
  const timeline = useTimeline(customerId, { kinds: [] });
  return (
    <LoadedPages query={timeline} waiting={<Skeleton active paragraph={{ rows: 4 }} title={false} />} none={<p>{t("timeline.none")}</p>}>
      {(items) => <Entries customerId={customerId} items={items.slice(0, most)} />}
    </LoadedPages>
  );
}
