import { EditOutlined, HistoryOutlined } from "@ant-design/icons";
import { Button, Descriptions, Drawer, Skeleton } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Standing } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { GradeBadge } from "@/shared/ui/Grade";
import { Loaded } from "@/shared/ui/Loaded";
import { HistoryDrawer } from "../history/HistoryDrawer";
import { Tags } from "../list/Tags";
import { MaskedFields } from "../masked/MaskedFields";
import { MergedFrom } from "../merge/MergedFrom";
import { AlikeContacts, ToldApart } from "./AlikeContacts";
import { removePosition, useContact, useRefreshContacts, type ContactRecord, type Position } from "./api";
import { ContactDialog, PositionDialog } from "./ContactDialog";
import { useContactActions } from "./ContactsBlock";
import styles from "./contacts.module.css";
import { hasValue } from "./hasValue";
import { RoleTag, Ways } from "./Ways";

/** One contact beside the list. */
export function ContactDrawer({ id, onClose }: { id: number | null; onClose: () => void }) {
  const contact = useContact(id);
  return (
    <Drawer open={id !== null} onClose={onClose} size={440} title={contact.data?.name ?? ""} destroyOnHidden>
      <Loaded query={contact} waiting={<Skeleton active />}>
        {(found) => <Sheet contact={found} onClose={onClose} />}
      </Loaded>
    </Drawer>
  );
}

function Sheet({ contact, onClose }: { contact: ContactRecord; onClose: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const mayEdit = useCan(CAN.editCustomers);
  const refresh = useRefreshContacts();
  const [history, setHistory] = useState(false);
  const [editing, setEditing] = useState(false);
  const [seat, setSeat] = useState<Position | "new" | null>(null);
  const [deletion] = useContactActions(contact, onClose);
  const known: [string, ReactNode][] = [
    ["salutation", contact.salutation], ["gender", contact.gender && t(`contact.${contact.gender}`)], ["birthday", contact.birthday && format.date(contact.birthday)],
    ["department", contact.department], ["title", contact.title], ["notes", contact.notes], ["tags", contact.tags.length > 0 && <Tags tags={contact.tags} most={50} />],
  ];
  const facts = known.filter(([, value]) => value);
  return (
    <div style={{ display: "grid", gap: 16 }}>
      <MergedFrom merged={contact.merged_from} />
      <AlikeContacts of={{ contact: contact.id }} />
      <ToldApart contact={contact.id} />
      <ul className={styles.seats}>
        {contact.positions.map((one) => (
          <li key={one.id} className={styles.seat}>
            <Link to={`/customers/${one.customer.id}`}>{one.customer.name}</Link>
            <GradeBadge grade={one.customer.grade as Standing} override={one.customer.override} computed={one.customer.computed_grade} />
            <span className={styles.under}>{one.title}</span>
            <RoleTag role={one.role} influence={one.influence} />
            {mayEdit && <Button size="small" type="text" icon={<EditOutlined />} aria-label={t("contact.change_position", { name: one.customer.name })} onClick={() => setSeat(one)} />}
            {mayEdit && contact.positions.length > 1 && (
              <Button size="small" type="text" danger onClick={() => void removePosition(one.id).then(refresh)}>
                {t("contact.remove_position")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Ways ways={contact.channels} />
      <MaskedFields record={{ kind: "contacts", id: contact.id }} has={(field) => hasValue(contact, field)} />
      {facts.length > 0 && <Descriptions size="small" column={1} items={facts.map(([key, value]) => ({ key, label: t(`contact.${key}`), children: value }))} />}
      <span className={styles.tags}>
        {mayEdit && <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t("shared:action.edit")}</Button>}
        {mayEdit && <Button onClick={() => setSeat("new")}>{t("contact.add_position")}</Button>}
        <Button icon={<HistoryOutlined />} onClick={() => setHistory(true)}>{t("history.open")}</Button>
        {mayEdit && deletion && <Button danger icon={deletion.icon} onClick={deletion.onClick}>{deletion.label}</Button>}
      </span>
      <HistoryDrawer record={{ kind: "contacts", id: contact.id }} open={history} onClose={() => setHistory(false)} />
      {editing && <ContactDialog contact={contact} customerId={contact.positions[0]?.customer.id} onClose={() => setEditing(false)} />}
      {seat && <PositionDialog contact={contact} position={seat === "new" ? null : seat} onClose={() => setSeat(null)} />}
    </div>
  );
}
