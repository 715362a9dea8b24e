import { ClearOutlined, DeleteOutlined, EditOutlined, MoreOutlined, PlusOutlined, SwapOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Skeleton } from "antd";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { EraseSlot } from "@/shared/slots/erase";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import { useErrorText } from "@/shared/ui/states";
import { Reveal } from "../masked/Reveal";
import { deleteContact, useContactsOf, useRefreshContacts, type ContactDetail } from "./api";
import { AlikeContacts } from "./AlikeContacts";
import { ContactDialog, PositionDialog } from "./ContactDialog";
import styles from "./contacts.module.css";
import { hasValue } from "./hasValue";
import { RoleTag, Ways } from "./Ways";

/** The people at a customer: who decides first, with what to call and where to write. */
export function ContactsBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const contacts = useContactsOf(customerId);
  const mayCreate = useCan(CAN.createCustomers);
  const mayEdit = useCan(CAN.editCustomers);
  const [editing, setEditing] = useState<ContactDetail | "new" | null>(null);
  const add = mayCreate && (
    <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
      {t("contact.new")}
    </Button>
  );
  return (
    <Panel title={t("contact.block")} extra={add}>
      <AlikeContacts of={{ customer: customerId }} />
      <Loaded query={contacts} waiting={<Skeleton active title={false} paragraph={{ rows: 3 }} />} none={<p className={styles.none}>{t("contact.none_why")}</p>}>
        {(found) => (
          <div className={styles.cards}>
            {found.map((one) => (
              <Card key={one.id} contact={one} customerId={customerId} onEdit={mayEdit ? () => setEditing(one) : undefined} />
            ))}
          </div>
        )}
      </Loaded>
      {editing && <ContactDialog contact={editing === "new" ? null : editing} customerId={customerId} onClose={() => setEditing(null)} />}
    </Panel>
  );
}

function Card({ contact, customerId, onEdit }: { contact: ContactDetail; customerId: number; onEdit?: () => void }) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const [moving, setMoving] = useState(false);
  const [erasing, setErasing] = useState(false);
  const erase = useContext(EraseSlot);
  const refresh = useRefreshContacts();
  const mayErase = useCan(CAN.handlePrivacy) && !contact.erased_at;
  const seat = contact.positions.find((one) => one.customer.id === customerId);
  const others = contact.positions.filter((one) => one.customer.id !== customerId);
  const actions = useContactActions(contact);
  return (
    <article className={`${styles.card} ${seat?.until ? styles.former : ""}`} aria-label={contact.name}>
      <div className={styles.head}>
        <span>
          <Link to={`/contacts?contact=${contact.id}`} className={styles.name}>
            {contact.name}
          </Link>{" "}
          <span className={styles.under}>{contact.salutation}</span>
        </span>
        {onEdit && (
          <Dropdown
            trigger={["click"]}
            menu={{ items: [
              ...(contact.erased_at ? [] : [
                { key: "edit", icon: <EditOutlined />, label: t("shared:action.edit"), onClick: onEdit },
                { key: "position", icon: <SwapOutlined />, label: t("contact.add_position"), onClick: () => setMoving(true) },
              ]),
              ...(mayErase ? [{ key: "erase", icon: <ClearOutlined />, label: t("page.erase"), danger: true, onClick: () => setErasing(true) }] : []),
              ...actions,
            ] }}
          >
            <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("contact.actions", { name: contact.name })} />
          </Dropdown>
        )}
      </div>
      <span className={styles.under}>{[contact.department, seat?.title || contact.title].filter(Boolean).join(" · ")}</span>
      {seat && (
        <span className={styles.tags}>
          <RoleTag role={seat.role} influence={seat.influence} />
          {seat.until && <span className={styles.under}>{t("contact.left", { date: format.date(seat.until) })}</span>}
        </span>
      )}
      <Ways ways={contact.channels} />
      <Reveal of={contact.name} record={{ kind: "contacts", id: contact.id }} has={(field) => hasValue(contact, field)} />
      {others.length > 0 && (
        <span className={styles.under}>
          {t("contact.also_at")} {others.map((one, at) => <span key={one.id}>{at > 0 && "、"}<Link to={`/customers/${one.customer.id}`}>{one.customer.name}</Link></span>)}
        </span>
      )}
      {erasing && erase?.({ what: "contact", record: contact, onErased: refresh, onClose: () => setErasing(false) })}
      {moving && <PositionDialog contact={contact} position={null} onClose={() => setMoving(false)} />}
    </article>
  );
}

/** Deleting a contact, asked once more; for those who may. */
export function useContactActions(contact: ContactDetail, onDeleted?: () => void) {
  const { t } = useTranslation(["customers", "shared"]);
  const { modal, message } = App.useApp();
  const mayDelete = useCan(CAN.delete);
  const refresh = useRefreshContacts();
  const text = useErrorText();
  const remove = () =>
    modal.confirm({
      title: t("contact.delete_sure", { name: contact.name }),
      content: t("contact.delete_why"),
      okText: t("shared:action.delete"),
      cancelText: t("shared:action.cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        deleteContact(contact.id).then(
          () => {
            refresh();
            onDeleted?.();
          },
          (error: unknown) => void message.error(text(error)),
        ),
    });
  return mayDelete ? [{ key: "delete", danger: true, icon: <DeleteOutlined />, label: t("shared:action.delete"), onClick: () => void remove() }] : [];
}
