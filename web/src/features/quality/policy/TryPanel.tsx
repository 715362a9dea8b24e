import { InputNumber, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Panel } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState, TableSkeleton } from "@/shared/ui/states";
import { useSettled } from "@/shared/ui/useSettled";
import { Delta, NumberText } from "@/shared/ui/values";
import styles from "../quality.module.css";
import { pointsOf, useTried, type Document, type Line, type Tried } from "./api";

const BOUND = 60;

/** What the draft would change, before it is published. */
export function TryPanel({ document }: { document: Document }) {
  const { t } = useTranslation("quality");
  const [bound, setBound] = useState(BOUND);
  const tried = useTried(useSettled(document), useSettled(bound));
  const found = tried.data;
  return (
    <Panel
      title={t("setup.try")}
      extra={
        <Space size={8}>
          <label htmlFor="try-bound">{t("setup.bound")}</label>
          <InputNumber id="try-bound" min={1} max={100} precision={0} value={bound} onChange={(value) => value && setBound(value)} style={{ width: 80 }} />
        </Space>
      }
    >
      <p className={styles.intro}>
        {t("setup.try_about")} {found?.sampled != null && t("setup.sampled", { count: found.sampled })}
      </p>
      {pointsOf(document) !== 100 ? (
        <EmptyState title={t("setup.unready")} />
      ) : tried.error && !found ? (
        <ErrorState error={tried.error} retry={() => void tried.refetch()} />
      ) : !found ? (
        <TableSkeleton rows={4} />
      ) : !found.total ? (
        <EmptyState title={t("setup.nothing")} why={t("setup.nothing_why")} />
      ) : (
        <Compared found={found} total={found.total} />
      )}
    </Panel>
  );
}

interface Row extends Line {
  key: string;
  name: string;
}

function Compared({ found, total }: { found: Tried; total: Line }) {
  const { t } = useTranslation("quality");
  const rows: Row[] = [{ ...total, key: "total", name: t("setup.total") }, ...found.departments.map((one) => ({ ...one, key: String(one.id ?? 0), name: one.name || t("setup.nobody") }))];
  const figure = (key: keyof Line, digits = 0) => ({ key, title: t(`setup.${key}`), align: "right" as const, render: (_: unknown, one: Row) => <NumberText value={one[key]} digits={digits} /> });
  return (
    <ScrollTable<Row>
      aria-label={t("setup.try")}
      size="small"
      rowKey="key"
      pagination={rows.length > 11 ? { pageSize: 11, size: "small" } : false}
      scroll={{ x: "max-content" }}
      dataSource={rows}
      columns={[
        { key: "name", title: t("setup.department"), render: (_, one) => (one.key === "total" ? <strong>{one.name}</strong> : one.name) },
        figure("customers"),
        figure("before", 1),
        figure("after", 1),
        { key: "change", title: t("setup.change"), align: "right", render: (_, one) => <Delta value={one.after - one.before} digits={1} /> },
        figure("below_before"),
        figure("below_after"),
      ]}
    />
  );
}
