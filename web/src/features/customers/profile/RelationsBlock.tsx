import { DeleteOutlined } from "@ant-design/icons";
import { App, Button, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Standing } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { GradeBadge } from "@/shared/ui/Grade";
import { useErrorText } from "@/shared/ui/states";
import { addRelation, RELATION_KINDS, removeRelation, useRefreshProfile, useRelations, type RelationIn } from "./api";
import { CustomerSelect } from "./CustomerSelect";
import { ListBlock } from "./ListBlock";
import styles from "./profile.module.css";

type Entered = Omit<RelationIn, "since"> & { since?: Dayjs | null };

/** How a customer stands to others, said from its side whichever side it was entered from. */
export function RelationsBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const relations = useRelations(customerId);
  const format = useFormat();
  const mayEdit = useCan(CAN.editCustomers);
  const refresh = useRefreshProfile();
  const { message } = App.useApp();
  const text = useErrorText();
  const [adding, setAdding] = useState(false);
  const drop = (id: number) => void removeRelation(id).then(refresh, (error: unknown) => void message.error(text(error)));
  const dialog = adding && (
        <FormDialog<Entered>
          open
          title={t("relation.new")}
          initial={{ kind: "partner_of", note: "" }}
          save={(entered) => addRelation(customerId, { ...entered, since: entered.since?.format("YYYY-MM-DD") ?? null })}
          onSaved={refresh}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="kind" label={t("relation.kind")}>
            <Select options={RELATION_KINDS.map((value) => ({ value, label: t(`relation.words.${value}`) }))} />
          </Form.Item>
          <Form.Item name="other_id" label={t("list.customer")} rules={[{ required: true, message: t("contact.customer_missing") }]}>
            <CustomerSelect except={[customerId]} />
          </Form.Item>
          <Form.Item name="since" label={t("relation.since_day")}>
            <DatePicker style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name="note" label={t("record.note")}>
            <Input maxLength={400} autoComplete="off" />
          </Form.Item>
        </FormDialog>
      );
  return (
    <ListBlock title={t("relation.block")} none={t("relation.none")} query={relations} empty={relations.data?.length === 0} onAdd={() => setAdding(true)} dialog={dialog}>
      <ul className={styles.list}>
        {(relations.data ?? []).map((one) => (
          <li key={one.id} className={styles.item}>
            <span className={styles.text}>
              <span className={styles.under}>{t(`relation.words.${one.word}`)}</span> <Link to={`/customers/${one.customer.id}`}>{one.customer.name}</Link>{" "}
              <GradeBadge grade={one.customer.grade as Standing} override={one.customer.override} computed={one.customer.computed_grade} />
              <span className={styles.under}> {[one.since && t("relation.since", { date: format.date(one.since) }), one.note].filter(Boolean).join(" · ")}</span>
            </span>
            {mayEdit && <Button type="text" size="small" className={styles.tools} icon={<DeleteOutlined />} aria-label={`${t("shared:action.delete")} ${one.customer.name}`} onClick={() => drop(one.id)} />}
          </li>
        ))}
      </ul>
    </ListBlock>
  );
}
