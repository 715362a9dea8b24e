import type { ColumnType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Grade } from "@/shared/api/types";
import { GradeBadge } from "@/shared/ui/Grade";
import { Delta, Money, NumberText, Percent } from "@/shared/ui/values";
import { useFormat } from "@/shared/format/useFormat";
import type { Tier } from "../types";
import { ScrollTable } from "@/shared/table/ScrollTable";

interface Props {
  tiers: Tier[];
  currency: string;
  label: string;
  link?: (grade: Grade) => string;
}

/** The pyramid's figures in full. */
export function GradeTable({ tiers, currency, label, link }: Props) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const right = { align: "right" as const };
  const moved = tiers.some((tier) => tier.change !== null && tier.change !== undefined);
  const columns: ColumnType<Tier>[] = [
    {
      title: t("tier.grade"), key: "grade", fixed: "left",
      render: (_, tier) => (link ? <Link to={link(tier.grade)}><GradeBadge grade={tier.grade} /></Link> : <GradeBadge grade={tier.grade} />),
    },
    { ...right, title: t("tier.customers"), key: "customers", render: (_, tier) => <NumberText value={tier.customers} /> },
    { ...right, title: t("tier.customer_share"), key: "customer_share", render: (_, tier) => <Percent value={tier.customer_share} /> },
    { ...right, title: t("tier.revenue"), key: "revenue", render: (_, tier) => <Money value={tier.revenue} digits={0} currency={currency} /> },
    { ...right, title: t("tier.revenue_share"), key: "revenue_share", render: (_, tier) => <Percent value={tier.revenue_share} /> },
    { ...right, title: t("tier.profit"), key: "profit", render: (_, tier) => <Money value={tier.profit} digits={0} currency={currency} /> },
    { ...right, title: t("tier.average_score"), key: "average", render: (_, tier) => format.score(tier.average_score) },
    { ...right, title: t("tier.lowest_score"), key: "lowest", render: (_, tier) => format.score(tier.lowest_score) },
    ...(moved ? [{ ...right, title: t("tier.change"), key: "change", render: (_: unknown, tier: Tier) => <Delta value={tier.change} /> }] : []),
  ];
  return <ScrollTable<Tier> aria-label={label} size="small" rowKey="grade" columns={columns} dataSource={tiers} pagination={false} scroll={{ x: "max-content" }} />;
}
