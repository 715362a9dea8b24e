import { ApartmentOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Drawer, Dropdown, Grid, InputNumber, Segmented, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/i18n";
import { ConditionFields } from "./ConditionFields";
import { NO_FILTER, countUnfinished, isCondition, isRelated, pruned, withPart, type Group, type Part, type Related } from "./filter";
import styles from "./FilterBuilder.module.css";
import type { RelatedKind } from "./related";

const DEEPEST = 4;

interface Props {
  fields: Field[];
  related: RelatedKind[];
  filter: Group;
  onApply: (filter: Group) => void;
  onClose: () => void;
}

const started = (filter: Group): Group => (filter.conditions.length > 0 ? filter : { ...NO_FILTER, conditions: [blank()] });
const blank = (): Part => ({ field: "", op: "eq", value: "" });

/** Conditions in groups within groups, for what the bar of plain conditions cannot say. */
export function FilterBuilder({ fields, related, filter, onApply, onClose }: Props) {
  const { t } = useTranslation("shared");
  const [draft, setDraft] = useState(() => started(filter));
  const phone = Grid.useBreakpoint().md === false;
  const ready = pruned(draft);
  const unfinished = countUnfinished(draft);
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("filter.builder")}
      size={phone ? "100%" : 680}
      footer={
        <div className={styles.foot}>
          {unfinished > 0 && <span role="status" className={styles.unfinished}>{t("filter.unfinished", { count: unfinished })}</span>}
          <Button onClick={() => setDraft(started(NO_FILTER))}>{t("filter.clear")}</Button>
          <Space>
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button type="primary" onClick={() => onApply(ready)}>
              {t("filter.apply")}
            </Button>
          </Space>
        </div>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onApply(ready);
        }}
      >
        <GroupEditor group={draft} fields={fields} related={related} depth={0} onChange={setDraft} />
        <button type="submit" hidden />
      </form>
    </Drawer>
  );
}

interface GroupProps {
  group: Group;
  fields: Field[];
  related: RelatedKind[];
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

function GroupEditor({ group, fields, related, depth, onChange, onRemove }: GroupProps) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const add = (part: Part) => onChange({ ...group, conditions: [...group.conditions, part] });
  return (
    <div className={styles.group} role="group" aria-label={t("filter.group")} data-depth={depth}>
      <div className={styles.head}>
        <Segmented
          size="small"
          aria-label={t("filter.mode")}
          value={group.mode}
          onChange={(mode) => onChange({ ...group, mode: mode as Group["mode"] })}
          options={[
            { value: "all", label: t("filter.all") },
            { value: "any", label: t("filter.any") },
          ]}
        />
        <Checkbox checked={group.not ?? false} onChange={(event) => onChange({ ...group, not: event.target.checked || undefined })}>
          {t("filter.negate")}
        </Checkbox>
        {onRemove && <Button className={styles.remove} type="text" size="small" icon={<DeleteOutlined />} aria-label={t("filter.remove_group")} onClick={onRemove} />}
      </div>
      {group.conditions.map((part, at) => (
        <PartEditor key={at} part={part} fields={fields} related={related} depth={depth} onChange={(next) => onChange(withPart(group, at, next))} />
      ))}
      <Space wrap size={4}>
        <Button size="small" icon={<PlusOutlined />} onClick={() => add(blank())}>
          {t("filter.add_condition")}
        </Button>
        {depth < DEEPEST && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => add({ mode: group.mode === "all" ? "any" : "all", conditions: [blank()] })}>
            {t("filter.add_group")}
          </Button>
        )}
        {related.length > 0 && depth < DEEPEST && (
          <Dropdown
            trigger={["click"]}
            menu={{ items: related.map((kind) => ({ key: kind.code, label: label(kind.label), onClick: () => add({ related: kind.code, having: NO_FILTER, count: null }) })) }}
          >
            <Button size="small" icon={<ApartmentOutlined />}>
              {t("filter.add_related")}
            </Button>
          </Dropdown>
        )}
      </Space>
    </div>
  );
}

interface PartProps {
  part: Part;
  fields: Field[];
  related: RelatedKind[];
  depth: number;
  onChange: (part: Part | null) => void;
}

function PartEditor({ part, fields, related, depth, onChange }: PartProps) {
  const { t } = useTranslation("shared");
  if (isCondition(part)) {
    const value = part.value === "" ? null : part.value;
    return (
      <div className={styles.condition}>
        <ConditionFields fields={fields} draft={{ field: part.field || null, op: part.op, value }} onChange={(next) => onChange({ field: next.field ?? "", op: next.op, value: next.value ?? "" })} />
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("filter.remove")} onClick={() => onChange(null)} />
      </div>
    );
  }
  if (isRelated(part)) return <RelatedEditor part={part} related={related} depth={depth} onChange={onChange} />;
  return <GroupEditor group={part} fields={fields} related={related} depth={depth + 1} onChange={onChange} onRemove={() => onChange(null)} />;
}

interface RelatedProps {
  part: Related;
  related: RelatedKind[];
  depth: number;
  onChange: (part: Part | null) => void;
}

function RelatedEditor({ part, related, depth, onChange }: RelatedProps) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const kind = related.find((one) => one.code === part.related);
  const count = part.count ?? { op: "ge" as const, value: 1 };
  const fields = kind?.fields.filter((field) => field.filterable) ?? [];
  return (
    <div className={styles.related}>
      <div className={styles.head}>
        <strong>{kind ? label(kind.label) : part.related}</strong>
        <Select
          size="small"
          aria-label={t("filter.how_many")}
          value={count.op}
          onChange={(op) => onChange({ ...part, count: { ...count, op } })}
          options={(["ge", "le", "eq"] as const).map((op) => ({ value: op, label: t(`op.${op}`) }))}
          popupMatchSelectWidth={false}
        />
        <InputNumber size="small" aria-label={t("filter.how_many")} min={0} max={1_000_000} precision={0} value={count.value} onChange={(value) => onChange({ ...part, count: { ...count, value: value ?? 1 } })} />
        <Button className={styles.remove} type="text" size="small" icon={<DeleteOutlined />} aria-label={t("filter.remove")} onClick={() => onChange(null)} />
      </div>
      <GroupEditor group={part.having} fields={fields} related={[]} depth={depth + 1} onChange={(having) => onChange({ ...part, having })} />
    </div>
  );
}
