import { GroupOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/types";
import { useLabel } from "../i18n/i18n";
import type { ListControl } from "./useListState";

/** By which field the list is put in groups; nothing where it has none for that. */
export function GroupSelect({ fields, list }: { fields: Field[]; list: ListControl }) {
  const { t } = useTranslation("shared");
  const label = useLabel();
  const options = fields.filter((field) => field.groupable).map((field) => ({ value: field.code, label: label(field.label) }));
  if (options.length === 0) return null;
  return (
    <Select
      allowClear
      prefix={<GroupOutlined />}
      aria-label={t("groups.by")}
      placeholder={t("groups.by")}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      value={list.group}
      onChange={(code: string | undefined) => list.set({ group: code ?? null })}
      options={options}
    />
  );
}
