import { useMutation, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { STANDINGS, type Standing } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { watchJob } from "@/shared/jobs/watched";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { FormError } from "@/shared/ui/FormError";
import { GradeBadge, GradeDot, useGradeName } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState, TableSkeleton } from "@/shared/ui/states";
import { NumberText } from "@/shared/ui/values";
import { handOver, type Preview, type Receiver, type Wanted } from "./api";
import styles from "./handOver.module.css";

const LONGEST_REASON = 300;

interface Props {
  wanted: Wanted | null;
  preview: UseQueryResult<Preview>;
  onDone: () => void;
}

/** What the hand-over would do; and, when it is what was meant, the button that begins it. */
export function HandOverPreview({ wanted, preview, onDone }: Props) {
  const { t } = useTranslation("assignment");
  const { data } = preview;
  return (
    <Panel title={t("handing.preview")}>
      {!wanted ? (
        <EmptyState title={t("handing.not_yet")} why={t("handing.not_yet_why")} />
      ) : preview.error ? (
        <ErrorState error={preview.error} retry={() => void preview.refetch()} />
      ) : !data ? (
        <TableSkeleton rows={6} />
      ) : (
        <div aria-busy={preview.isPlaceholderData}>
          <p className={styles.sum}>{data.customers > 0 || data.obstacles.length > 0 ? t("handing.leaves", { count: data.customers }) : t("handing.nobody")}</p>
          <Obstacles preview={data} />
          {data.customers > 0 && (
            <>
              <Leaving preview={data} />
              <Receivers receivers={data.receivers} />
              <p className={styles.hint}>{t("handing.along")}</p>
              <Begin wanted={wanted} expected={data.customers} ready={!preview.isPlaceholderData && !blind(data)} onDone={onDone} refresh={() => void preview.refetch()} />
            </>
          )}
        </div>
      )}
    </Panel>
  );
}

const blind = (preview: Preview) => preview.obstacles.some((one) => one.code === "blind");

function Obstacles({ preview }: { preview: Preview }) {
  const { t } = useTranslation(["assignment", "shared"]);
  if (preview.obstacles.length === 0) return null;
  return (
    <Alert
      type={blind(preview) ? "error" : "warning"}
      showIcon
      className={styles.obstacles}
      title={t("handing.obstacles")}
      description={
        <ul className={styles.list}>
          {preview.obstacles.map((one) => (
            <li key={one.code}>{t(`handing.obstacle.${one.code as "capacity"}`, { count: one.count, names: one.names.join(t("shared:filter.join")) })}</li>
          ))}
        </ul>
      }
    />
  );
}

function Leaving({ preview }: { preview: Preview }) {
  const { t } = useTranslation("assignment");
  const format = useFormat();
  if (!preview.by_grade) return <p className={styles.hint}>{t("handing.too_many")}</p>;
  return (
    <>
      <ScrollTable
        aria-label={t("handing.by_grade")}
        size="small"
        rowKey="grade"
        dataSource={preview.by_grade}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          { key: "grade", title: t("column.grade"), render: (_, row) => <GradeBadge grade={row.grade as Standing} /> },
          { key: "customers", title: t("handing.customers"), align: "right", render: (_, row) => <NumberText value={row.customers} /> },
          { key: "revenue", title: t("handing.revenue"), align: "right", render: (_, row) => format.money(row.revenue) },
        ]}
      />
      {preview.owners.length > 1 && (
        <p className={styles.hint}>{t("handing.owners")} {preview.owners.slice(0, 8).map((one) => t("handing.owner", { name: one.name, count: one.customers })).join(" · ")}{preview.owners.length > 8 && " …"}</p>
      )}
    </>
  );
}

function Receivers({ receivers }: { receivers: Receiver[] }) {
  const { t } = useTranslation("assignment");
  const format = useFormat();
  return (
    <ScrollTable<Receiver>
      aria-label={t("handing.to")}
      size="small"
      rowKey="id"
      dataSource={receivers}
      pagination={false}
      scroll={{ x: "max-content", y: 360 }}
      columns={[
        { key: "name", title: t("handing.receiver"), render: (_, row) => <>{row.name}{row.department && <div className={styles.under}>{row.department}</div>}</> },
        { key: "gets", title: t("handing.gets"), align: "right", render: (_, row) => <><NumberText value={row.gets} /><Grades byGrade={row.by_grade} /></> },
        { key: "revenue", title: t("handing.revenue"), align: "right", render: (_, row) => format.money(row.revenue) },
        { key: "after", title: t("handing.after"), align: "right", render: (_, row) => <Load row={row} /> },
      ]}
    />
  );
}

/** How many of each grade, small beneath the number. */
function Grades({ byGrade }: { byGrade: Record<string, number> }) {
  const name = useGradeName();
  const format = useFormat();
  const grades = STANDINGS.filter((grade) => byGrade[grade]);
  if (grades.length === 0) return null;
  return (
    <div className={styles.grades}>
      {grades.map((grade) => (
        <span key={grade} title={name(grade)}>
          <GradeDot grade={grade} /><span className="visually-hidden">{name(grade)}</span> {format.number(byGrade[grade] ?? 0)}
        </span>
      ))}
    </div>
  );
}

function Load({ row }: { row: Receiver }) {
  const { t } = useTranslation("assignment");
  const after = row.holdings + row.gets;
  const over = row.capacity !== null && after > row.capacity;
  return (
    <>
      <NumberText value={row.holdings} /> → <NumberText value={after} />
      {row.capacity !== null && <div className={over ? styles.over : styles.under}>{t(over ? "handing.above" : "handing.of", { count: row.capacity })}</div>}
    </>
  );
}

interface BeginProps {
  wanted: Wanted;
  expected: number;
  ready: boolean;
  onDone: () => void;
  refresh: () => void;
}

function Begin({ wanted, expected, ready, onDone, refresh }: BeginProps) {
  const { t } = useTranslation("assignment");
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const renew = () => {
    for (const key of [["customers"], ["changes"], ["value"], ["treatment"]]) void client.invalidateQueries({ queryKey: key });
  };
  const beginning = useMutation({
    mutationFn: () => handOver(wanted, reason.trim(), expected),
    onSuccess: (job) => {
      watchJob({ job, title: t("handing.doing", { count: expected }), done: (result) => t("handing.done", { count: Number(result.changed ?? 0) }), onEnd: renew });
      onDone();
      renew();
    },
    onError: refresh,
  });
  return (
    <Form layout="vertical" onFinish={() => beginning.mutate()}>
      <Form.Item label={t("handing.reason")} htmlFor="hand-reason" required extra={t("handing.reason_why")}>
        <Input.TextArea id="hand-reason" autoSize={{ minRows: 2, maxRows: 5 }} maxLength={LONGEST_REASON} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Form.Item>
      <FormError error={beginning.error} />
      <Button type="primary" htmlType="submit" className={styles.begin} disabled={!ready || reason.trim() === ""} loading={beginning.isPending}>
        {t("handing.begin", { count: expected })}
      </Button>
    </Form>
  );
}
