import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Segmented, Tag } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import type { ListControl } from "../list/useListState";
import { ConditionFields, type Draft } from "./ConditionFields";
import { NO_FILTER, isComplete, isCondition, withCondition, withPart, type Condition, type Group, type Part } from "./filter";
import { FilterBuilder } from "./FilterBuilder";
import styles from "./FilterBar.module.css";
import { useRelatedKinds } from "./related";
import { useFilterText } from "./useFilterText";

interface Props {
  fields: Field[];
  list: ListControl;
  searchLabel?: string;
  /** The kind of record, when its related records can be filtered by too. */
  kind?: string;
  /** Controls of the page's own beside the search; the conditions they show themselves get no tag. */
  children?: ReactNode;
  shownByChildren?: (condition: Condition) => boolean;
}

/** Search, the conditions in force, and a button to add one; everything is kept in the address. */
export function FilterBar({ fields, list, searchLabel, kind, children, shownByChildren }: Props) {
  const { t } = useTranslation("shared");
  const [building, setBuilding] = useState(false);
  const filterable = fields.filter((field) => field.filterable);
  const related = useRelatedKinds(kind).data ?? [];
  const { filter, unreadable, set } = list;
  const put = (next: Group) => set({ filter: next });
  return (
    <div className={styles.bar} role="search" aria-label={t("filter.region")}>
      {searchLabel && <SearchBox key={list.q} q={list.q} label={searchLabel} onSearch={(q) => set({ q })} />}
      {children}
      {unreadable && (
        <Tag color="warning" closable onClose={() => put(NO_FILTER)}>
          {t("filter.unreadable")}
        </Tag>
      )}
      {filter.not ? (
        <PartTag part={filter} fields={fields} related={related} onOpen={() => setBuilding(true)} onClose={() => put(NO_FILTER)} />
      ) : (
        filter.conditions.map((part, at) =>
          isCondition(part) && shownByChildren?.(part) ? null : (
            <PartTag key={at} part={part} fields={fields} related={related} onOpen={() => setBuilding(true)} onChange={(next) => put(withPart(filter, at, next))} onClose={() => put(withPart(filter, at, null))} />
          ),
        )
      )}
      {!filter.not && filter.conditions.length > 1 && (
        <Segmented
          size="small"
          aria-label={t("filter.mode")}
          value={filter.mode}
          onChange={(mode) => put({ ...filter, mode: mode as "all" | "any" })}
          options={[
            { value: "all", label: t("filter.all") },
            { value: "any", label: t("filter.any") },
          ]}
        />
      )}
      <AddCondition fields={filterable} onBuild={() => setBuilding(true)} onApply={({ field, op, value }) => put(filter.not ? { mode: "all", conditions: [filter, { field, op, value }] } : withCondition(filter, field, op, value))} />
      {filter.conditions.length > 0 && (
        <Button type="link" onClick={() => put(NO_FILTER)}>
          {t("filter.clear")}
        </Button>
      )}
      {building && (
        <FilterBuilder
          fields={filterable}
          related={related}
          filter={filter}
          onClose={() => setBuilding(false)}
          onApply={(next) => {
            setBuilding(false);
            put(next);
          }}
        />
      )}
    </div>
  );
}

interface AddProps {
  fields: Field[];
  onApply: (condition: Condition) => void;
  onBuild: () => void;
}

function AddCondition({ fields, onApply, onBuild }: AddProps) {
  const { t } = useTranslation("shared");
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomLeft"
      destroyOnHidden
      content={
        <ConditionForm
          fields={fields}
          onApply={(condition) => {
            onApply(condition);
            setOpen(false);
          }}
          more={
            <Button
              type="link"
              onClick={() => {
                setOpen(false);
                onBuild();
              }}
            >
              {t("filter.groups")}
            </Button>
          }
        />
      }
    >
      <Button icon={<PlusOutlined />} type="dashed">
        {t("filter.add")}
      </Button>
    </Popover>
  );
}

interface SearchProps {
  q: string;
  label: string;
  onSearch: (q: string) => void;
}

function SearchBox({ q, label, onSearch }: SearchProps) {
  const [text, setText] = useState(q);
  useEffect(() => {
    if (text === q) return undefined;
    const timer = setTimeout(() => onSearch(text), 350);
    return () => clearTimeout(timer);
  }, [text, q, onSearch]);
  return (
    <Input.Search
      allowClear
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={onSearch}
      className={styles.search}
    />
  );
}

interface TagProps {
  part: Part;
  fields: Field[];
  related: Parameters<typeof useFilterText>[1];
  onOpen: () => void;
  onClose: () => void;
  onChange?: (condition: Condition) => void;
}

/** A part of the filter in words; a press changes it. */
function PartTag({ part, fields, related, onOpen, onClose, onChange }: TagProps) {
  const { t } = useTranslation("shared");
  const words = useFilterText(fields, related);
  const [editing, setEditing] = useState(false);
  const simple = isCondition(part) && onChange !== undefined;
  const said = isCondition(part) ? words.condition(part) : null;
  const tag = (
    <Tag closable={{ "aria-label": t("filter.remove") }} onClose={onClose} className={styles.tag}>
      <button type="button" className={styles.part} onClick={simple ? undefined : onOpen} title={said ? undefined : words.text(part)}>
        {said ? (
          <>
            {said.field} <span className={styles.op}>{said.op}</span> {said.value}
          </>
        ) : (
          words.text(part)
        )}
      </button>
    </Tag>
  );
  if (!simple) return tag;
  return (
    <Popover
      trigger="click"
      open={editing}
      onOpenChange={setEditing}
      placement="bottomLeft"
      destroyOnHidden
      content={
        <ConditionForm
          fields={fields.filter((field) => field.filterable)}
          initial={part}
          onApply={(condition) => {
            setEditing(false);
            onChange(condition);
          }}
        />
      }
    >
      <span>{tag}</span>
    </Popover>
  );
}

interface FormProps {
  fields: Field[];
  initial?: Draft;
  onApply: (condition: Condition) => void;
  more?: ReactNode;
}

function ConditionForm({ fields, initial, onApply, more }: FormProps) {
  const { t } = useTranslation("shared");
  const [draft, setDraft] = useState<Draft>(initial ?? { field: null, op: "eq", value: null });
  const { field, op, value } = draft;
  const complete = field !== null && isComplete(value);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onApply({ field, op, value });
      }}
    >
      <ConditionFields fields={fields} draft={draft} onChange={setDraft} autoFocus={!initial} />
      <Button type="primary" htmlType="submit" disabled={!complete}>
        {t("filter.apply")}
      </Button>
      {more}
    </form>
  );
}
