import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Segmented, Select, Tag } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { UNKNOWN } from "../format/format";
import { useFormat } from "../format/useFormat";
import { useLabel } from "../i18n/i18n";
import type { ListControl } from "../list/useListState";
import { NO_FILTER, opsFor, withCondition, type Condition, type Op, type Value } from "./filter";
import styles from "./FilterBar.module.css";
import { ValueInput } from "./ValueInput";

interface Props {
  fields: Field[];
  list: ListControl;
  searchLabel?: string;
  /** Controls of the page's own beside the search; the conditions they show themselves get no tag. */
  children?: ReactNode;
  shownByChildren?: (condition: Condition) => boolean;
}

/** Search, the conditions in force, and a button to add one; everything is kept in the address. */
export function FilterBar({ fields, list, searchLabel, children, shownByChildren }: Props) {
  const { t } = useTranslation("shared");
  const [adding, setAdding] = useState(false);
  const filterable = fields.filter((field) => field.filterable);
  const { filter, set } = list;
  return (
    <div className={styles.bar} role="search" aria-label={t("filter.region")}>
      {searchLabel && <SearchBox key={list.q} q={list.q} label={searchLabel} onSearch={(q) => set({ q })} />}
      {children}
      {filter.conditions.map((condition, index) =>
        shownByChildren?.(condition) ? null : (
          <ConditionTag
            key={index}
            condition={condition}
            field={fields.find((field) => field.code === condition.field)}
            onClose={() => set({ filter: { ...filter, conditions: filter.conditions.filter((_, at) => at !== index) } })}
          />
        ),
      )}
      {filter.conditions.length > 1 && (
        <Segmented
          size="small"
          aria-label={t("filter.mode")}
          value={filter.mode}
          onChange={(mode) => set({ filter: { ...filter, mode: mode as "all" | "any" } })}
          options={[
            { value: "all", label: t("filter.all") },
            { value: "any", label: t("filter.any") },
          ]}
        />
      )}
      <Popover
        trigger="click"
        open={adding}
        onOpenChange={setAdding}
        placement="bottomLeft"
        destroyOnHidden
        content={
          <ConditionForm
            fields={filterable}
            onApply={({ field, op, value }) => {
              set({ filter: withCondition(filter, field, op, value) });
              setAdding(false);
            }}
          />
        }
      >
        <Button icon={<PlusOutlined />} type="dashed">
          {t("filter.add")}
        </Button>
      </Popover>
      {filter.conditions.length > 0 && (
        <Button type="link" onClick={() => set({ filter: NO_FILTER })}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
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
  condition: Condition;
  field: Field | undefined;
  onClose: () => void;
}

function ConditionTag({ condition, field, onClose }: TagProps) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const describe = useValueText(field);
  return (
    <Tag closable={{ "aria-label": t("filter.remove") }} onClose={onClose} className={styles.tag}>
      {field ? label(field.label) : condition.field} <span className={styles.op}>{t(`op.${condition.op}`)}</span> {describe(condition.value)}
    </Tag>
  );
}

/** A condition's value in words: labels of choices, formatted figures and dates. */
function useValueText(field: Field | undefined): (value: Value) => string {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const format = useFormat();
  const one = (value: string | number | boolean | null): string => {
    if (value === null) return UNKNOWN;
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    const choice = field?.choices?.find((item) => item.value === value);
    if (choice) return label(choice.label);
    if (field?.type === "date" || field?.type === "datetime") return format.date(String(value));
    return typeof value === "number" ? format.number(value, 4) : String(value);
  };
  return (value) => (Array.isArray(value) ? value.map(one).join(t("filter.join")) : one(value));
}

interface FormProps {
  fields: Field[];
  onApply: (condition: Condition) => void;
}

function ConditionForm({ fields, onApply }: FormProps) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const [code, setCode] = useState<string | null>(null);
  const [op, setOp] = useState<Op>("eq");
  const [value, setValue] = useState<Value | null>(null);
  const field = fields.find((item) => item.code === code);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (field && value !== null) onApply({ field: field.code, op, value });
      }}
    >
      <Select
        autoFocus
        aria-label={t("filter.field")}
        placeholder={t("filter.field")}
        showSearch={{ optionFilterProp: "label" }}
        value={code}
        options={fields.map((item) => ({ value: item.code, label: label(item.label) }))}
        onChange={(next) => {
          const chosen = fields.find((item) => item.code === next);
          setCode(next);
          setOp(chosen ? (opsFor(chosen)[0] ?? "eq") : "eq");
          setValue(null);
        }}
      />
      {field && (
        <>
          <Select
            aria-label={t("filter.op")}
            value={op}
            options={opsFor(field).map((item) => ({ value: item, label: t(`op.${item}`) }))}
            onChange={(next) => {
              setOp(next);
              setValue(null);
            }}
          />
          <ValueInput field={field} op={op} value={value} onChange={setValue} />
        </>
      )}
      <Button type="primary" htmlType="submit" disabled={!field || value === null}>
        {t("filter.apply")}
      </Button>
    </form>
  );
}
