import { DeleteOutlined } from "@ant-design/icons";
import { Button, InputNumber, Select, Slider } from "antd";
import type { ColumnType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useAttributeGone, useIndicatorLabel } from "../components/useIndicatorLabel";
import { useLabel } from "@/shared/i18n/i18n";
import type { CatalogueEntry, Distribution, Indicator, ModelDocument, ScaleKind } from "../types";
import { changeIndicator, changeScale, keyOf, removeIndicator, weightShares } from "./draft";
import { IndicatorDetail } from "./IndicatorDetail";
import styles from "./model.module.css";
import { ScrollTable } from "@/shared/table/ScrollTable";

export interface EditProps {
  document: ModelDocument;
  onChange: (document: ModelDocument) => void;
  readOnly: boolean;
}

interface Props extends EditProps {
  distributions: Distribution[] | undefined;
  catalogue: CatalogueEntry[] | undefined;
}

type Row = Indicator & { index: number };

const WINDOWS = [3, 6, 12, 24, 36];
const SCALES: ScaleKind[] = ["percentile", "linear", "log", "steps", "map"];

/** The model's indicators with weight, scale, direction and window; opening a row shows how its values are spread. */
export function IndicatorTable({ document, onChange, readOnly, distributions, catalogue }: Props) {
  const { t } = useTranslation("value");
  const columns = useColumns({ document, onChange, readOnly }, catalogue);
  const rows = document.indicators.map((indicator, index) => ({ ...indicator, index }));
  const find = (row: Row) => distributions?.find((one) => one.key === keyOf(row)) ?? distributions?.find((one) => one.code === row.code);
  return (
    <ScrollTable<Row>
      aria-label={t("model.indicators")}
      size="small"
      rowKey="index"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ x: "max-content" }}
      expandable={{
        columnWidth: 32,
        columnTitle: <span className="visually-hidden">{t("model.details")}</span>,
        expandedRowRender: (row) => (
          <IndicatorDetail
            indicator={row}
            distribution={find(row)}
            entry={catalogue?.find((one) => one.code === row.code)}
            readOnly={readOnly}
            onChange={(change) => onChange(changeIndicator(document, row.index, change))}
          />
        ),
      }}
    />
  );
}

function useColumns({ document, onChange, readOnly }: EditProps, catalogue: CatalogueEntry[] | undefined): ColumnType<Row>[] {
  const { t } = useTranslation("value");
  const shares = weightShares(document);
  const windowed = (row: Row) => catalogue?.find((entry) => entry.code === row.code)?.windowed ?? Boolean(row.formula);
  const change = (row: Row, part: Partial<Indicator>) => onChange(changeIndicator(document, row.index, part));
  const control = (row: Row, name: string) => t("model.control", { name, indicator: row.code });
  const months = (value: number | null | undefined) => (value ? t("model.months", { months: value }) : t("model.whole_history"));
  return [
    { title: t("indicator.indicator"), key: "name", render: (_, row) => <Name row={row} /> },
    { title: t("indicator.weight"), key: "weight", render: (_, row) => <Weight row={row} share={shares[row.index] ?? 0} readOnly={readOnly} onChange={(weight) => change(row, { weight })} /> },
    {
      title: t("model.scale"), key: "scale",
      render: (_, row) => (
        <Select
          aria-label={control(row, t("model.scale"))} size="small" variant="filled" disabled={readOnly} value={row.scale} popupMatchSelectWidth={false}
          onChange={(scale) => onChange(changeScale(document, row.index, scale))}
          options={SCALES.filter((scale) => scale !== "map" || row.code.startsWith("attribute:")).map((scale) => ({ value: scale, label: t(`scale.${scale}`) }))}
        />
      ),
    },
    {
      title: t("model.better"), key: "better",
      render: (_, row) => (
        <Select
          aria-label={control(row, t("model.better"))} size="small" variant="filled" disabled={readOnly} value={row.better} popupMatchSelectWidth={false}
          onChange={(better) => change(row, { better })}
          options={[{ value: "high", label: t("better.high") }, { value: "low", label: t("better.low") }]}
        />
      ),
    },
    {
      title: t("model.window"), key: "window",
      render: (_, row) =>
        windowed(row) ? (
          <Select
            aria-label={control(row, t("model.window"))} size="small" variant="filled" disabled={readOnly} value={row.window_months ?? 0} popupMatchSelectWidth={false}
            onChange={(value) => change(row, { window_months: value || null })}
            options={[0, ...new Set([...WINDOWS, ...(row.window_months ? [row.window_months] : [])])].map((value) => ({ value, label: months(value) }))}
          />
        ) : (
          <span className={styles.muted}>–</span>
        ),
    },
    ...(readOnly
      ? []
      : [{
          key: "remove", title: <span className="visually-hidden">{t("model.remove")}</span>,
          render: (_: unknown, row: Row) => (
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={control(row, t("model.remove"))} onClick={() => onChange(removeIndicator(document, row.index))} />
          ),
        }]),
  ];
}

function Name({ row }: { row: Row }) {
  const indicatorLabel = useIndicatorLabel();
  const label = useLabel();
  const { t } = useTranslation("value");
  const gone = useAttributeGone();
  return (
    <span>
      {row.label ? label(row.label) : indicatorLabel(row.code)}
      {gone(row.code) && <span className={styles.gone}>{t("model.attribute_gone")}</span>}
    </span>
  );
}

interface WeightProps {
  row: Row;
  share: number;
  readOnly: boolean;
  onChange: (weight: number) => void;
}

function Weight({ row, share, readOnly, onChange }: WeightProps) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const name = t("model.control", { name: t("indicator.weight"), indicator: row.code });
  return (
    <span className={styles.weight}>
      <Slider min={0} max={Math.max(50, row.weight)} step={1} value={row.weight} disabled={readOnly} onChange={onChange} ariaLabelForHandle={name} className={styles.slider} tooltip={{ open: false }} />
      <InputNumber aria-label={name} size="small" min={0} value={row.weight} disabled={readOnly} onChange={(weight) => weight !== null && onChange(weight)} className={styles.weightInput} />
      <span className={styles.share}>{format.percent(share, 0)}</span>
    </span>
  );
}
