import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { isCondition, isDirect, narrowed, type Condition } from "@/shared/filter/filter";
import type { ListControl } from "@/shared/list/useListState";
import { ROLES } from "./api";

/** Whether the box shows this condition: one part in decisions. */
export const isRoleChoice = ({ field, op, value }: Condition) => field === "role" && op === "in" && Array.isArray(value) && value.length === 1;

/** The part in decisions, of all filters of contacts the one asked most; it is a condition like others. */
export function RoleFilter({ list }: { list: ListControl }) {
  const { t } = useTranslation("customers");
  const { filter } = list;
  const condition = isDirect(filter) ? filter.conditions.filter(isCondition).find(isRoleChoice) : undefined;
  const chosen = condition ? String((condition.value as string[])[0]) : undefined;
  return (
    <Select
      allowClear
      aria-label={t("contact.role")}
      placeholder={t("contact.role")}
      style={{ minWidth: 130 }}
      value={chosen}
      onChange={(role: string | undefined) => list.set({ filter: narrowed(filter, "role", "in", role ? [role] : []) })}
      options={ROLES.map((one) => ({ value: one, label: t(`contact.roles.${one}`) }))}
    />
  );
}
