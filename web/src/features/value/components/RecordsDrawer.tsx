import { Drawer, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { UNKNOWN } from "@/shared/format/format";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { Loaded } from "@/shared/ui/Loaded";
import { EmptyState } from "@/shared/ui/states";
import { DateTimeText, Money } from "@/shared/ui/values";
import { useCatalogue, useIndicatorRecords } from "../api";
import { useIndicatorName, useIndicatorValue } from "./useIndicatorLabel";
import type { ExplainedIndicator, IndicatorRecords } from "../types";
import { ScrollTable } from "@/shared/table/ScrollTable";

interface Props {
  customer: number;
  indicator: ExplainedIndicator | null;
  onClose: () => void;
}

/** The records an indicator's value came from, and how it is defined. */
export function RecordsDrawer({ customer, indicator, onClose }: Props) {
  const { t } = useTranslation("value");
  const label = useLabel();
  const name = useIndicatorName();
  const valueText = useIndicatorValue();
  const format = useFormat();
  const records = useIndicatorRecords(customer, indicator?.key ?? null);
  const catalogue = useCatalogue();
  const definition = catalogue.data?.find((entry) => entry.code === indicator?.code)?.definition;
  return (
    <Drawer open={indicator !== null} onClose={onClose} size={560} title={indicator ? name(indicator) : ""}>
      {indicator && (
        <>
          <Typography.Paragraph type="secondary">{label(definition)}</Typography.Paragraph>
          <Typography.Paragraph>
            {indicator.kept_back
              ? t("indicator.kept_back_why")
              : t("records.value", { value: valueText(indicator), points: format.score(indicator.points) })}
          </Typography.Paragraph>
          <Loaded query={records}>
            {(found) => <Records records={found} attribute={indicator.code.startsWith("attribute:")} />}
          </Loaded>
        </>
      )}
    </Drawer>
  );
}

function Records({ records, attribute }: { records: IndicatorRecords; attribute: boolean }) {
  const { t } = useTranslation("value");
  if (records.items.length === 0) return <EmptyState title={t("records.none")} why={attribute ? t("records.from_details") : undefined} />;
  return (
    <ScrollTable
      aria-label={t("records.title")}
      size="small"
      rowKey={(record) => `${record.kind}-${record.id}`}
      pagination={{ pageSize: 20, size: "small", hideOnSinglePage: true }}
      dataSource={records.items}
      footer={records.count > records.items.length ? () => t("records.newest", { shown: records.items.length, count: records.count }) : undefined}
      columns={[
        { title: t("records.at"), key: "at", render: (_, record) => <DateTimeText value={record.at} /> },
        { title: t("records.kind"), key: "kind", render: (_, record) => t(`fact.${record.kind}`, { defaultValue: record.kind }) },
        { title: t("records.amount"), key: "amount", align: "right", render: (_, record) => <Money value={record.amount} /> },
        { title: t("records.note"), key: "note", render: (_, record) => (record.note ? t(`fact.${record.note}`, { defaultValue: record.note }) : UNKNOWN) },
      ]}
    />
  );
}
