import { CheckOutlined } from "@ant-design/icons";
import { App, Button, Grid, Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { GradeBadge, type Overridden } from "@/shared/ui/Grade";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { NumberText } from "@/shared/ui/values";
import styles from "../quality.module.css";
import { useVerifyListed, type Line, type Weekly, type Wish } from "./api";

interface Props {
  found: Weekly;
  onFill: (customerId: number, code: string) => void;
}

/** The customers on a list, worth most first, each with what is asked for; what is done is ticked off. */
export function ListedCustomers({ found, onFill }: Props) {
  const { t } = useTranslation("quality");
  const phone = Grid.useBreakpoint().md === false;
  const wishes = (one: Line) => <Wishes line={one} closed={found.closed} onFill={onFill} />;
  const who = (one: Line) => <Space size={8} wrap><Link to={`/customers/${one.customer.id}`}>{one.customer.name}</Link><GradeBadge grade={one.customer.grade} override={one.customer.override as Overridden | null} computed={one.customer.computed_grade} /></Space>;
  const owner = (one: Line) => one.customer.owner?.name ?? t("weekly.nobody");
  return (
    <ScrollTable<Line>
      aria-label={t("weekly.customers")}
      size="small"
      rowKey={(one) => one.customer.id}
      dataSource={found.lines as Line[]}
      pagination={found.lines.length > 30 ? { pageSize: 30, size: "small" } : false}
      scroll={phone ? undefined : { x: "max-content" }}
      locale={{ emptyText: <EmptyState title={t("weekly.empty")} why={t("weekly.empty_why")} /> }}
      columns={
        phone
          ? [{ key: "customer", title: t("weekly.customer"), render: (_, one) => <Space orientation="vertical" size={4}>{who(one)}<span className={styles.of}>{owner(one)}</span>{wishes(one)}</Space> }]
          : [
              { key: "customer", title: t("weekly.customer"), render: (_, one) => who(one) },
              { key: "owner", title: t("weekly.owner"), render: (_, one) => owner(one) },
              { key: "score", title: t("weekly.score"), align: "right", render: (_, one) => <NumberText value={one.score} /> },
              { key: "wishes", title: t("weekly.to_fill"), render: (_, one) => wishes(one) },
            ]
      }
    />
  );
}

function Wishes({ line, closed, onFill }: { line: Line; closed: boolean; onFill: Props["onFill"] }) {
  const may = useCan(CAN.editCustomers) && !closed;
  return (
    <Space size={[8, 4]} wrap>
      {line.wishes.map((wish) => (wish.problem && may ? <Open key={wish.code} line={line} wish={wish} onFill={onFill} /> : <Settled key={wish.code} wish={wish} />))}
    </Space>
  );
}

function Settled({ wish }: { wish: Wish }) {
  const label = useLabel();
  const { t } = useTranslation("quality");
  if (wish.problem) return <Tag>{label(wish.label)}</Tag>;
  return <Tag color="success" icon={<CheckOutlined aria-label={t("weekly.done")} />}>{label(wish.label)}</Tag>;
}

function Open({ line, wish, onFill }: { line: Line; wish: Wish; onFill: Props["onFill"] }) {
  const { t } = useTranslation("quality");
  const { message } = App.useApp();
  const failed = useFailed();
  const label = useLabel();
  const format = useFormat();
  const verify = useVerifyListed();
  const { id, name } = line.customer;
  const field = label(wish.label);
  const title = `${t(`weekly.problem.${wish.problem as "missing"}`)} ${t("weekly.points", { points: format.number(wish.points, 1) })}`;
  if (wish.problem === "stale") {
    const done = () => void message.success(t("weekly.verified"));
    return <Button size="small" title={title} loading={verify.isPending} aria-label={t("weekly.verify", { customer: name })} onClick={() => void verify.mutateAsync(id).then(done, failed)}>{field}</Button>;
  }
  return <Button size="small" title={title} aria-label={t("weekly.fill", { customer: name, field })} onClick={() => onFill(id, wish.code)}>{field}</Button>;
}
