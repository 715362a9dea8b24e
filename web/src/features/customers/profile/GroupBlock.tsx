import { App, Button, Form } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Standing } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { GradeBadge, Score } from "@/shared/ui/Grade";
import { useErrorText } from "@/shared/ui/states";
import { MoneyShort } from "@/shared/ui/values";
import { setParent, useGroup, useRefreshProfile, type Group, type Member } from "./api";
import { CustomerSelect } from "./CustomerSelect";
import { ListBlock } from "./ListBlock";
import styles from "./profile.module.css";

interface Worth {
  members: { id: number; revenue: string | null }[];
  revenue: string | null;
  together: { score: number | null; grade: string } | null;
}

interface Props {
  customerId: number;
  /** What the group is worth, when known. */
  worth: Worth | undefined;
}

/** The companies a customer belongs together with, and what they are worth alone and as one. */
export function GroupBlock({ customerId, worth }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const group = useGroup(customerId);
  const refresh = useRefreshProfile();
  const mayEdit = useCan(CAN.editCustomers);
  const { message } = App.useApp();
  const text = useErrorText();
  const [choosing, setChoosing] = useState(false);
  const members = group.data?.members ?? [];
  const self = members.find((one) => one.id === customerId);
  const leave = () => void setParent(customerId, null).then(refresh, (error: unknown) => void message.error(text(error)));
  const dialog = choosing && <ParentDialog customerId={customerId} onClose={() => setChoosing(false)} onSaved={refresh} />;
  return (
    <ListBlock title={t("group.block")} none={t("group.none")} query={group} empty={members.length <= 1 && !group.data?.hidden} onAdd={() => setChoosing(true)} dialog={dialog} addText={self?.parent_id ? t("group.move") : t("group.set")}>
      {group.data && self && (
        <>
          {worth?.together && <Seen self={self} worth={worth} together={worth.together} />}
          <Tree group={group.data} customerId={customerId} worth={worth} />
          {group.data.hidden > 0 && <p className={styles.none}>{t("group.hidden", { count: group.data.hidden })}</p>}
          {mayEdit && self.parent_id && (
            <Button size="small" type="link" style={{ padding: 0 }} onClick={leave}>
              {t("group.leave")}
            </Button>
          )}
        </>
      )}
    </ListBlock>
  );
}

/** The customer's own value beside the group's. */
function Seen({ self, worth, together }: { self: Member; worth: Worth; together: NonNullable<Worth["together"]> }) {
  const { t } = useTranslation("customers");
  const own = worth.members.find((one) => one.id === self.id)?.revenue;
  const figure = (label: string, of: Pick<Member, "score" | "grade"> & Partial<Member>, revenue: string | null | undefined) => (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd>
        <Score value={of.score} grade={of.grade as Standing} />
        <GradeBadge grade={of.grade as Standing} override={of.override} computed={of.computed_grade} />
        <MoneyShort value={revenue ?? null} />
      </dd>
    </div>
  );
  return (
    <dl className={styles.seen}>
      {figure(t("group.alone"), self, own)}
      {figure(t("group.together"), together, worth.revenue)}
    </dl>
  );
}

function Tree({ group, customerId, worth }: { group: Group; customerId: number; worth: Worth | undefined }) {
  const revenue = new Map(worth?.members.map((one) => [one.id, one.revenue]));
  const branch = (parent: number | null, depth: number): ReactNode[] =>
    group.members
      .filter((one) => one.parent_id === parent)
      .flatMap((one) => [
        <li key={one.id} className={styles.member} style={{ paddingInlineStart: depth * 20 }} aria-current={one.id === customerId || undefined}>
          {one.id === customerId ? <span className={styles.self}>{one.name}</span> : <Link to={`/customers/${one.id}`}>{one.name}</Link>}
          <GradeBadge grade={one.grade as Standing} override={one.override} computed={one.computed_grade} />
          <MoneyShort value={revenue.get(one.id) ?? null} />
        </li>,
        ...branch(one.id, depth + 1),
      ]);
  return <ul className={styles.list} style={{ gap: 0 }}>{branch(null, 0)}</ul>;
}

function ParentDialog({ customerId, onClose, onSaved }: { customerId: number; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation("customers");
  return (
    <FormDialog<{ parent_id: number }> open title={t("group.set")} save={({ parent_id }) => setParent(customerId, parent_id)} onSaved={onSaved} onClose={onClose}>
      <Form.Item name="parent_id" label={t("group.parent")} rules={[{ required: true, message: t("contact.customer_missing") }]}>
        <CustomerSelect except={[customerId]} />
      </Form.Item>
    </FormDialog>
  );
}
