import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Standing } from "../api/types";
import { useFormat } from "../format/useFormat";
import { useLabel } from "../i18n/i18n";
import { GradeBadge } from "../ui/Grade";
import { ErrorState } from "../ui/states";
import { keyOf, type Group } from "./grouping";
import styles from "./Groups.module.css";
import type { Grouping } from "./useGrouping";
import type { ListControl } from "./useListState";

interface Props {
  label: string;
  grouping: Grouping;
  list: ListControl;
  /** The table: of the whole list, or of the group that is open. */
  children: ReactNode;
}

/** The list in its groups, each with its number; one at a time is open, with pages of its own. */
export function Groups({ label, grouping: { field, found, opened }, list, children }: Props) {
  if (!field || found.data?.length === 0) return children;
  if (found.error && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <div className={styles.waiting}><Skeleton active title={false} paragraph={{ rows: 5, width: "100%" }} /></div>;
  const largest = Math.max(1, ...found.data.map((group) => group.count));
  return (
    <div role="group" aria-label={label} className={styles.groups} aria-busy={found.isPlaceholderData}>
      {found.data.map((group) => (
        <Section
          key={keyOf(group)}
          field={field}
          group={group}
          share={group.count / largest}
          open={group === opened}
          onToggle={() => list.set({ open: group === opened ? null : keyOf(group) })}
        >
          {children}
        </Section>
      ))}
    </div>
  );
}

interface SectionProps {
  field: Field;
  group: Group;
  /** Its number, of the largest one's. */
  share: number;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

function Section({ field, group, share, open, onToggle, children }: SectionProps) {
  const format = useFormat();
  const id = useId();
  return (
    <section>
      <h2 className={styles.head}>
        <button type="button" className={styles.toggle} aria-expanded={open} aria-controls={id} onClick={onToggle}>
          {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
          <span className={styles.name}><GroupName field={field} group={group} /></span>
          <span className={styles.share} aria-hidden><span style={{ width: `${100 * share}%` }} /></span>
          <span className={styles.count}>{format.number(group.count)}</span>
        </button>
      </h2>
      <div id={id} hidden={!open}>{open && children}</div>
    </section>
  );
}

function GroupName({ field, group: { value, label: given } }: Pick<SectionProps, "field" | "group">) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const format = useFormat();
  if (value === null) return t("groups.none");
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (field.code === "grade" || field.code === "grade_then") return <GradeBadge grade={value as Standing} />;
  if (field.code === "source" && value === "manual") return t("by_hand");
  if (field.type === "date") return format.date(String(value));
  const choice = field.choices?.find((one) => (one.value as unknown) === value);
  return label(given) || label(choice?.label) || String(value);
}
