import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Grid, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { components } from "@/client/schema";
import { get, post } from "@/shared/api/request";
import { useLabel } from "@/shared/i18n/i18n";
import type { Field } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { LoadedPages, LoadMore } from "@/shared/ui/Loaded";
import { TableSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { IMPORTS, useFields, type Import } from "../api";
import { FixInput } from "../FixInput";
import styles from "../integration.module.css";
import { useReason } from "../reasons";
import { NO_FIXES, cellOf, filledDown, isFixed, retryOf, withAllEqual, withCell, type Fixes } from "./fixing";

type BadRow = components["schemas"]["BadRowOut"];
type Page = components["schemas"]["BadRowPage"];

const useBadRows = (id: number, reason: string | null) =>
  useInfiniteQuery({
    queryKey: [...IMPORTS, id, "bad-rows", reason],
    queryFn: ({ pageParam, signal }) => {
      const [code, field] = reason?.split(" ") ?? [];
      return get<Page>(`/imports/${id}/bad-rows/cells`, { limit: 50, cursor: pageParam, code, field: field || undefined }, signal);
    },
    initialPageParam: 0 as number | string,
    getNextPageParam: (last) => last.next,
  });

/** The rows that could not be used, to be corrected where they stand and imported again. */
export function BadRows({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  const failed = useFailed();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  const [fixes, setFixes] = useState<Fixes>(NO_FIXES);
  const [seen, setSeen] = useState<Record<number, BadRow>>({});
  const found = useBadRows(one.id, reason);
  const fields = useFields(one.kind).data;
  const rows = found.data?.pages.flatMap((page) => page.items);
  const columns = found.data?.pages[0]?.columns ?? [];
  const retry = useMutation({
    mutationFn: () => post<Import>(`/imports/${one.id}/bad-rows/retry`, retryOf(fixes, Object.values(seen), columns)),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: IMPORTS });
      void navigate(`/imports/${made.id}`);
    },
    onError: failed,
  });
  const may = useCan(CAN.importData);
  const phone = Grid.useBreakpoint().md === false;
  const put = (row: BadRow, next: Fixes) => {
    setSeen({ ...seen, [row.number]: row });
    setFixes(next);
  };
  const fillDown = (row: BadRow, column: number) => {
    const below = (rows ?? []).filter((other) => other.number > row.number && other.errors.some((error) => error.column === column));
    setSeen({ ...seen, ...Object.fromEntries(below.map((other) => [other.number, other])) });
    setFixes(filledDown(fixes, below, column, cellOf(fixes, row, column)));
  };
  const cell = (row: BadRow, column: number) => <FixCell row={row} column={column} name={columns[column] ?? ""} fields={fields} fixes={fixes} put={put} fillDown={fillDown} />;
  return (
    <section aria-label={t("fix.title")}>
      <div className={styles.fixHead}>
        <h2 className={styles.fixTitle}>{t("fix.title")}</h2>
        <ReasonFilter one={one} value={reason} onChange={setReason} />
        {may && (
          <Button type="primary" disabled={!isFixed(fixes)} loading={retry.isPending} onClick={() => retry.mutate()}>
            {t("fix.again")}
          </Button>
        )}
      </div>
      <p className={styles.hint}>{t("fix.why")}</p>
      <LoadedPages query={found} waiting={<TableSkeleton rows={5} />}>
        {(rows) => (
          <div className={styles.table}>
            <ScrollTable<BadRow>
              aria-label={t("fix.title")}
              size="small"
              rowKey="number"
              dataSource={rows}
              pagination={false}
              scroll={phone ? undefined : { x: "max-content" }}
              columns={
                phone
                  ? [{ key: "row", title: t("check.row"), render: (_, row) => <NarrowRow row={row} columns={columns} cell={cell} /> }]
                  : [
                      { key: "number", title: t("check.row"), dataIndex: "number", fixed: "left" },
                      ...columns.map((name, column) => ({ key: String(column), title: name || t("columns.nameless"), render: (_: unknown, row: BadRow) => cell(row, column) })),
                      { key: "problem", title: t("check.problem"), render: (_, row) => <WholeRow row={row} /> },
                    ]
              }
            />
            <LoadMore query={found} />
          </div>
        )}
      </LoadedPages>
    </section>
  );
}

function ReasonFilter({ one, value, onChange }: { one: Import; value: string | null; onChange: (reason: string | null) => void }) {
  const { t } = useTranslation("integration");
  const label = useLabel();
  const reason = useReason();
  const fields = useFields(one.kind);
  const options = one.reasons.map((row) => {
    const field = fields.data?.find(({ code }) => code === row.field);
    return { value: `${row.code} ${row.field ?? ""}`.trim(), label: [field && label(field.label), reason(row)].filter(Boolean).join(" · ") };
  });
  return <Select allowClear className={styles.fixFilter} aria-label={t("fix.filter")} placeholder={t("fix.filter")} value={value} onChange={(next?: string) => onChange(next ?? null)} options={options} />;
}

interface CellProps {
  row: BadRow;
  column: number;
  name: string;
  fields: Field[] | undefined;
  fixes: Fixes;
  put: (row: BadRow, fixes: Fixes) => void;
  fillDown: (row: BadRow, column: number) => void;
}

function FixCell({ row, column, name, fields, fixes, put, fillDown }: CellProps) {
  const { t } = useTranslation("integration");
  const reason = useReason();
  const error = row.errors.find((one) => one.column === column);
  const raw = row.cells[column] ?? "";
  const value = cellOf(fixes, row, column);
  if (!error) return raw;
  return (
    <>
      <FixInput
        field={fields?.find(({ code }) => code === error.field)}
        raw={raw}
        value={value}
        name={t("fix.cell", { column: name, row: row.number })}
        onChange={(next) => put(row, withCell(fixes, row.number, column, next))}
      />
      {value === raw ? (
        <span className={styles.reason}>{reason(error)} <Candidates error={error} /></span>
      ) : (
        <span className={styles.fixMore}>
          <Button size="small" type="link" onClick={() => put(row, withAllEqual(fixes, row, column))}>{raw ? t("fix.all_equal", { value: raw.slice(0, 20) }) : t("fix.all_empty")}</Button>
          <Button size="small" type="link" onClick={() => fillDown(row, column)}>{t("fix.fill_down")}</Button>
        </span>
      )}
    </>
  );
}

const MOST_TOLD = 3;

/** A row on a phone: how it begins, and beneath it what is wrong; the rest is left out. */
function NarrowRow({ row, columns, cell }: { row: BadRow; columns: string[]; cell: (row: BadRow, column: number) => ReactNode }) {
  const { t } = useTranslation("integration");
  const wrong = row.errors.flatMap((error) => error.column ?? []);
  const told = row.cells.filter((text, column) => text && !wrong.includes(column)).slice(0, MOST_TOLD);
  return (
    <>
      <strong>{row.number}</strong> <span className={styles.raw}>{told.join(" · ")}</span>
      {wrong.map((column) => (
        <div key={column} className={styles.narrow}>
          {columns[column] || t("columns.nameless")}
          {cell(row, column)}
        </div>
      ))}
      <WholeRow row={row} />
    </>
  );
}

/** What is wrong with the row as a whole. */
function WholeRow({ row }: { row: BadRow }) {
  const reason = useReason();
  const whole = row.errors.filter((error) => error.column === null);
  return whole.length === 0 ? null : whole.map((error) => <span key={error.code} className={styles.reason}>{reason(error)} <Candidates error={error} /></span>);
}

/** The customers, or contacts, a row may mean, to be looked at. */
function Candidates({ error }: { error: BadRow["errors"][number] }) {
  const page = error.code === "ambiguous_contact" ? "/contacts?contact=" : "/customers/";
  return error.candidates.map((one) => (
    <Link key={one.id} className={styles.candidate} to={`${page}${one.id}`} target="_blank">
      {one.name}
    </Link>
  ));
}
