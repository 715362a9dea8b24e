import { DeleteOutlined, EditOutlined, PlusOutlined, PartitionOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Segmented, Space, Tag, Tooltip } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { filterAddress } from "@/shared/filter/written";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { PageHeader } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import styles from "../customers.module.css";
import { deleteCategory, deleteDimension, useClassCounts, useDimensions, useRefreshSetup, type Category, type Dimension } from "./api";
import { CategoryDialog } from "./CategoryDialog";
import { toBranches, type CategoryBranch } from "./branches";
import { DimensionDialog } from "./DimensionDialog";

/** How customers are classified: dimensions with their categories, and how many customers each has. */
export function Component() {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const may = useCan(CAN.manageSetup);
  const dimensions = useDimensions();
  const [params, setParams] = useSearchParams();
  const [editing, setEditing] = useState<Dimension | "new" | null>(null);
  const all = dimensions.data;
  const shown = all?.find((one) => one.code === params.get("dimension")) ?? all?.[0];
  const make = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>{t("setup.dimension_new")}</Button>;
  return (
    <>
      <PageHeader title={t("setup.classification")} about={t("setup.classification_about")} actions={may && make} />
      <Loaded query={dimensions} waiting={<TableSkeleton rows={8} />}>
        {(all) =>
          shown ? (
            <>
              <div className={styles.setupTools}>
                <Segmented aria-label={t("setup.dimension")} value={shown.code} onChange={(code) => setParams({ dimension: code })} options={all.map((one) => ({ value: one.code, label: label(one.label) }))} />
              </div>
              <Categories key={shown.code} dimension={shown} may={may} onEdit={() => setEditing(shown)} />
            </>
          ) : (
            <EmptyState title={t("setup.dimensions_none")} why={t("setup.dimensions_none_why")} icon={<PartitionOutlined style={{ fontSize: 40 }} />} />
          )
        }
      </Loaded>
      {editing && <DimensionDialog dimension={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function Categories({ dimension, may, onEdit }: { dimension: Dimension; may: boolean; onEdit: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  const counts = useClassCounts(dimension.code);
  const act = useAct();
  const [editing, setEditing] = useState<{ category: Category | null; parent: number | null } | null>(null);
  const rows = toBranches(dimension.categories, new Map((counts.data ?? []).map((one) => [one.category_id, one.customers])));
  return (
    <section className={styles.boxed} aria-label={label(dimension.label)}>
      <div className={styles.setupHead}>
        <Space size={4} wrap>
          <Tag>{t(`setup.form.${dimension.form}`)}</Tag>
          <Tag>{dimension.exclusive ? t("setup.exclusive") : t("setup.several")}</Tag>
          <Tag>{dimension.by_rule ? t("setup.by_rule") : t("setup.by_hand")}</Tag>
          {dimension.applies_to && <Tag>{t(`setup.applies.${dimension.applies_to}`)}</Tag>}
        </Space>
        {may && (
          <Space size={4} wrap>
            <Button icon={<PlusOutlined />} onClick={() => setEditing({ category: null, parent: null })}>{t("setup.category_new")}</Button>
            <Button icon={<EditOutlined />} onClick={onEdit}>{t("setup.change")}</Button>
            <Popconfirm title={t("setup.delete_title", { name: label(dimension.label) })} okText={t("shared:action.delete")} okButtonProps={{ danger: true }} onConfirm={() => act(() => deleteDimension(dimension.code))}>
              <Button danger type="text" icon={<DeleteOutlined />} aria-label={`${t("shared:action.delete")}: ${label(dimension.label)}`} />
            </Popconfirm>
          </Space>
        )}
      </div>
      <ScrollTable<CategoryBranch>
        aria-label={label(dimension.label)}
        size="middle"
        rowKey="id"
        dataSource={rows}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <EmptyState title={t("setup.categories_none")} /> }}
        columns={[
          { key: "label", title: t("setup.category"), render: (_, one) => label(one.label) },
          { key: "code", title: t("setup.code"), render: (_, one) => <span className={styles.before}>{one.code}</span> },
          ...(dimension.by_rule ? [{ key: "rule", title: t("setup.rule"), render: (_: unknown, one: CategoryBranch) => (one.rule ? t("setup.rule_there") : t("setup.rule_none")) }] : []),
          { key: "customers", title: t("setup.customers"), align: "right", render: (_, one) => <Counted dimension={dimension.code} one={one} known={counts.data !== undefined} /> },
          ...(may ? [{ key: "actions", title: <span className="visually-hidden">{t("trash.actions")}</span>, render: (_: unknown, one: CategoryBranch) => <Actions one={one} tree={dimension.form === "tree"} onEdit={setEditing} /> }] : []),
        ]}
      />
      {editing && <CategoryDialog dimension={dimension} category={editing.category} parent={editing.parent} onClose={() => setEditing(null)} />}
    </section>
  );
}

/** Customers in a category and below it, leading to them. */
function Counted({ dimension, one, known }: { dimension: string; one: CategoryBranch; known: boolean }) {
  if (!known) return <span>–</span>;
  if (one.customers === 0) return <NumberText value={0} />;
  return <Link to={`/customers?filter=${filterAddress({ mode: "all", conditions: [{ field: `class.${dimension}`, op: "has_any", value: [one.code] }] })}`}><NumberText value={one.customers} /></Link>;
}

function Actions({ one, tree, onEdit }: { one: CategoryBranch; tree: boolean; onEdit: (editing: { category: Category | null; parent: number | null }) => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  const act = useAct();
  const button = (name: string, icon: ReactNode, onClick?: () => void) => (
    <Tooltip title={name}><Button type="text" size="small" icon={icon} aria-label={`${name}: ${label(one.label)}`} onClick={onClick} /></Tooltip>
  );
  return (
    <Space size={4}>
      {tree && button(t("setup.category_below"), <PlusOutlined />, () => onEdit({ category: null, parent: one.id }))}
      {button(t("setup.change"), <EditOutlined />, () => onEdit({ category: one, parent: one.parent_id }))}
      <Popconfirm title={t("setup.delete_title", { name: label(one.label) })} okText={t("shared:action.delete")} okButtonProps={{ danger: true }} onConfirm={() => act(() => deleteCategory(one.id))}>
        {button(t("shared:action.delete"), <DeleteOutlined />)}
      </Popconfirm>
    </Space>
  );
}

/** Does something, shows what came of it, says what went wrong. */
function useAct() {
  const failed = useFailed();
  const refresh = useRefreshSetup();
  return (work: () => Promise<unknown>) => work().then(refresh, failed);
}
