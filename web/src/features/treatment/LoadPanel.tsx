import { useTranslation } from "react-i18next";
import type { Standing } from "@/shared/api/types";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { GradeBadge } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import { useSettled } from "@/shared/ui/useSettled";
import { useLoad, type Document, type Load } from "./api";
import styles from "./treatment.module.css";

const ITEMS = ["visit", "contact", "answer"] as const;

/** Can the people carry it? Duties a month by these numbers, beside what was done a month lately. */
export function LoadPanel({ modelId, document }: { modelId: number; document: Document }) {
  const { t } = useTranslation("treatment");
  const load = useLoad(modelId, useSettled(document));
  return (
    <Panel title={t("load.title")}>
      <p className={styles.about}>{t("load.about")}</p>
      <Loaded query={load} waiting={<TableSkeleton rows={4} />}>
        {(found) => (
          found.owners === 0 ? <EmptyState title={t("load.none")} why={t("load.none_why")} /> : <Tables load={found} />
        )}
      </Loaded>
    </Panel>
  );
}

function Tables({ load }: { load: Load }) {
  const { t } = useTranslation("treatment");
  const items = ITEMS.map((item) => ({ key: item, title: t(`item.${item}`), align: "right" as const, render: (_: unknown, row: { duties: Record<string, number> }) => <NumberText value={row.duties[item] ?? null} /> }));
  return (
    <>
      <ScrollTable<{ item: (typeof ITEMS)[number] }>
        aria-label={t("load.title")}
        size="small"
        rowKey="item"
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={ITEMS.map((item) => ({ item }))}
        columns={[
          { key: "item", title: t("duty.item"), render: (_, { item }) => t(`item.${item}`) },
          { key: "asked", title: t("load.asked"), align: "right", render: (_, { item }) => <NumberText value={load.duties[item] ?? 0} /> },
          { key: "each", title: t("load.each"), align: "right", render: (_, { item }) => <NumberText value={(load.duties[item] ?? 0) / load.owners} digits={1} /> },
          { key: "lately", title: t("load.lately"), align: "right", render: (_, { item }) => <NumberText value={load.lately[item]} /> },
        ]}
      />
      <div className={styles.page} style={{ marginTop: 16 }}>
        <ScrollTable<Load["grades"][number]>
          aria-label={t("load.by_grade")}
          size="small"
          rowKey="grade"
          pagination={false}
          scroll={{ x: "max-content" }}
          dataSource={load.grades}
          columns={[
            { key: "grade", title: t("duty.grade"), render: (_, row) => <GradeBadge grade={row.grade as Standing} /> },
            { key: "customers", title: t("load.customers"), align: "right", render: (_, row) => <NumberText value={row.customers} /> },
            { key: "unowned", title: t("load.unowned"), align: "right", render: (_, row) => <NumberText value={row.unowned} /> },
            ...items,
          ]}
        />
        <ScrollTable<Load["people"][number]>
          aria-label={t("load.by_person")}
          size="small"
          rowKey="id"
          pagination={load.people.length > 8 ? { pageSize: 8, size: "small" } : false}
          scroll={{ x: "max-content" }}
          dataSource={load.people}
          columns={[
            { key: "name", title: t("duty.owner"), render: (_, row) => row.name },
            { key: "customers", title: t("load.customers"), align: "right", render: (_, row) => <NumberText value={row.customers} /> },
            ...items,
            { key: "total", title: t("load.total"), align: "right", render: (_, row) => <NumberText value={row.total} digits={1} /> },
          ]}
        />
      </div>
    </>
  );
}
