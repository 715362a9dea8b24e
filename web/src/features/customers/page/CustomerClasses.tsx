import { EditOutlined } from "@ant-design/icons";
import { Button, Descriptions, Divider, Space, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { UNKNOWN } from "@/shared/format/format";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { TreePicker } from "@/shared/ui/TreePicker";
import { useFailed } from "@/shared/ui/useFailed";
import { useRefreshCustomer, type CustomerDetail } from "../api";
import { setClasses, useDimensions, type Dimension } from "../setup/api";
import { toOptions } from "../setup/branches";

/** The categories a customer belongs to; changed by hand where no rule decides. */
export function CustomerClasses({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const may = useCan(CAN.editCustomers);
  const [editing, setEditing] = useState<string | null>(null);
  const dimensions = (useDimensions().data ?? []).filter((one) => one.categories.length > 0 && (!one.applies_to || one.applies_to === customer.kind));
  if (dimensions.length === 0) return null;
  const shown = (one: Dimension) => {
    const mine = customer.classes[one.code] ?? [];
    if (editing === one.code) return <Editor customer={customer} dimension={one} onDone={() => setEditing(null)} />;
    return (
      <Space size={4} wrap>
        {mine.length === 0 ? UNKNOWN : mine.map((category) => <Tag key={category.id} style={{ whiteSpace: "normal" }}>{label(category.label)}</Tag>)}
        {may && !one.by_rule && <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t("setup.change")}: ${label(one.label)}`} onClick={() => setEditing(one.code)} />}
      </Space>
    );
  };
  return (
    <>
      <Divider titlePlacement="start" plain>{t("classes.title")}</Divider>
      <Descriptions size="small" column={1} styles={{ label: { flex: "none", width: 132 } }} items={dimensions.map((one) => ({ key: one.code, label: label(one.label), children: shown(one) }))} />
    </>
  );
}

function Editor({ customer, dimension, onDone }: { customer: CustomerDetail; dimension: Dimension; onDone: () => void }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const failed = useFailed();
  const refresh = useRefreshCustomer(customer.id);
  const mine = (customer.classes[dimension.code] ?? []).map((one) => one.id);
  const seen = useRef(mine);
  const saving = useRef(Promise.resolve());
  const save = (chosen: number | number[] | undefined) => {
    const ids = chosen === undefined ? [] : Array.isArray(chosen) ? chosen : [chosen];
    // One after another: what was seen is what the save before left.
    saving.current = saving.current
      .then(() => setClasses(customer.id, dimension.code, ids, seen.current))
      .then(() => {
        seen.current = ids;
        return refresh();
      })
      .catch((error: unknown) => {
        failed(error);
        return refresh();
      });
  };
  return (
    <TreePicker
      aria-label={label(dimension.label)}
      style={{ minWidth: 180 }}
      autoFocus
      defaultOpen
      allowClear
      showSearch={{ treeNodeFilterProp: "title" }}
      placeholder={t("classes.none")}
      multiple={!dimension.exclusive}
      defaultValue={(dimension.exclusive ? mine[0] : mine) as number}
      treeData={toOptions(dimension.categories, label)}
      onChange={(chosen: number | number[] | undefined) => save(chosen)}
      onBlur={onDone}
      onSelect={() => dimension.exclusive && onDone()}
    />
  );
}
