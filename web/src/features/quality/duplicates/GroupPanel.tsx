import { MergeCellsOutlined } from "@ant-design/icons";
import { Button, Space, Table, Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldColumns } from "@/shared/table/fieldColumns";
import { GradeBadge } from "@/shared/ui/Grade";
import { Panel } from "@/shared/ui/PageHeader";
import { SourceText } from "@/shared/ui/SourceText";
import { RelativeTime } from "@/shared/ui/values";
import type { Group, MatchState, Member } from "../api";
import styles from "./duplicates.module.css";
import { Reasons } from "./Reasons";

/** The page on which the customers of a group are put side by side. */
export const comparisonOf = (group: Group) => `/customers/merge?ids=${group.customers.map((one) => one.id).join(",")}`;

/** What was decided of a group; of several matches all say the same. */
export const stateOf = (group: Group): MatchState => (group.matches[0]?.state ?? "open") as MatchState;

interface Props {
  group: Group;
  shown: Field[];
  mayMerge: boolean;
  busy: boolean;
  onDecide: (group: Group, state: MatchState) => void;
}

/** Customers that may be one, beneath each other, why, and what to do. */
export function GroupPanel({ group, shown, mayMerge, busy, onDecide }: Props) {
  const { t } = useTranslation("quality");
  const name = new Map(group.customers.map((one) => [one.id, one.name]));
  const say = (state: MatchState) => onDecide(group, state);
  return (
    <div data-group={group.id} className={styles.group}>
      <Panel
        title={<>{group.customers[0]?.name} <Tag>{t("duplicates.likely", { share: Math.floor(group.probability * 100) })}</Tag></>}
        extra={mayMerge && (
          <Space wrap>
            {stateOf(group) === "open" ? (
              <>
                <Link to={comparisonOf(group)}><Button icon={<MergeCellsOutlined />}>{t("action.merge")}</Button></Link>
                <Button onClick={() => say("different")} loading={busy}>{t("action.different")}</Button>
                <Button onClick={() => say("later")} loading={busy}>{t("action.later")}</Button>
              </>
            ) : (
              <Button onClick={() => say("open")} loading={busy}>{t("action.open")}</Button>
            )}
          </Space>
        )}
      >
        <Members members={group.customers} shown={shown} />
        <div className={styles.matches}>
          {group.matches.map((match) => (
            <div key={match.id}>
              {group.customers.length > 2 && <div className={styles.pair}>{name.get(match.left)} – {name.get(match.right)}</div>}
              <Reasons reasons={match.reasons} />
              <div className={styles.when}>
                {match.found_at && <>{t("duplicates.found")} <RelativeTime value={match.found_at} /></>}
                {match.decided_at && <> · {t(`tab.${match.state as MatchState}`)}, {match.decided_by} <RelativeTime value={match.decided_at} /></>}
              </div>
            </div>
          ))}
        </div>
      </Panel>
    </div>
  );
}

function Members({ members, shown }: { members: Member[]; shown: Field[] }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const label = useLabel();
  const columns = useMemo(
    () =>
      fieldColumns<Member>(shown.map((field) => ({ ...field, sortable: false })), {
        format,
        label,
        words: { yes: t("yes"), no: t("no") },
        render: {
          name: (row) => <Link to={`/customers/${row.id}`}>{row.name}</Link>,
          grade: (row) => <GradeBadge grade={row.grade} override={row.override} computed={row.computed_grade} />,
          source: (row) => <SourceText source={row.source} />,
          created_at: (row) => <RelativeTime value={row.created_at} />,
        },
      }),
    [shown, format, label, t],
  );
  return <Table<Member> size="small" rowKey="id" pagination={false} scroll={{ x: "max-content" }} dataSource={members} columns={columns.map(({ numeric, sortable: _, ...column }) => ({ ...column, align: numeric ? ("right" as const) : undefined }))} />;
}
