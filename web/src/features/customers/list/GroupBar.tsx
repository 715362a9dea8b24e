import { GroupOutlined } from "@ant-design/icons";
import { Button, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { withCondition, type Op, type Value } from "@/shared/filter/filter";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import type { ListControl } from "@/shared/list/useListState";
import { useErrorText } from "@/shared/ui/states";
import { useGroups, type GroupCount, type ListKind } from "../api";
import { conditionOf } from "./grouping";
import styles from "./list.module.css";

/** Which field's values are counted above the table. */
export function GroupSelect({ fields, list }: { fields: Field[]; list: ListControl }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  return (
    <Select
      allowClear
      prefix={<GroupOutlined />}
      aria-label={t("list.group_by")}
      placeholder={t("list.group_by")}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      value={list.group}
      onChange={(code: string | undefined) => list.set({ group: code ?? null })}
      options={fields.filter((field) => field.groupable).map((field) => ({ value: field.code, label: label(field.label) }))}
    />
  );
}

interface Props {
  kind: ListKind;
  label: string;
  fields: Field[];
  list: ListControl;
}

/** How many records there are of each value; a press keeps those alone. */
export function GroupBar({ kind, label, fields, list }: Props) {
  const { t } = useTranslation("customers");
  const groups = useGroups(kind, list.group, list.scope);
  const errorText = useErrorText();
  const field = fields.find((one) => one.code === list.group);
  const name = useGroupName(field);
  const format = useFormat();
  if (!list.group || !field) return null;
  if (groups.error && !groups.data) return <p role="alert">{errorText(groups.error)}</p>;
  if (!groups.data) return <div className={styles.groups}><Skeleton.Button active block /></div>;
  const keep = (group: GroupCount) => {
    const { op, value } = conditionOf(field, group.value);
    list.set({ filter: withCondition(list.filter, field.code, op as Op, value as Value) });
  };
  const largest = Math.max(1, ...groups.data.map((group) => group.count));
  return (
    <div className={styles.groups} role="group" aria-label={label}>
      {groups.data.map((group) => (
        <Button key={String(group.value)} className={styles.group} onClick={() => keep(group)} title={t("list.group_keep")}>
          <span>{name(group)}</span>
          <span className={styles.groupCount}>{format.number(group.count)}</span>
          <span aria-hidden className={styles.groupShare} style={{ width: `${(100 * group.count) / largest}%` }} />
        </Button>
      ))}
    </div>
  );
}

function useGroupName(field: Field | undefined): (group: GroupCount) => string {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  return ({ value, label: given }) => {
    if (value === null || value === "") return t("list.group_none");
    if (typeof value === "boolean") return t(value ? "shared:yes" : "shared:no");
    if (field?.code === "source" && value === "manual") return t("shared:by_hand");
    const choice = field?.choices?.find((one) => (one.value as unknown) === value);
    return label(given) || label(choice?.label) || String(value);
  };
}
