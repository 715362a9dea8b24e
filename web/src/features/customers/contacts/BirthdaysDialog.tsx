import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useContactsOf, type ContactDetail } from "./api";
import { ContactDialog } from "./ContactDialog";
import styles from "./contacts.module.css";

/** The birthdays of the people at a customer, of whom one is to be corrected; of a single one its form at once. */
export function BirthdaysDialog({ customerId, title, onClose }: { customerId: number; title: string; onClose: () => void }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const contacts = useContactsOf(customerId);
  const [chosen, setChosen] = useState<ContactDetail | null>(null);
  if (!contacts.data) return null;
  const born = contacts.data.filter((one) => one.birthday);
  const only = chosen ?? (born.length === 1 ? born[0] : null);
  if (only) return <ContactDialog contact={only} customerId={customerId} onClose={onClose} />;
  return (
    <Modal open footer={null} title={t("contact.birthdays", { name: title })} onCancel={onClose}>
      <ul className={styles.apart}>
        {born.map((one) => (
          <li key={one.id} className={styles.pair}>
            <span>{one.name}</span>
            <Button type="link" size="small" aria-label={t("contact.change_birthday", { name: one.name })} onClick={() => setChosen(one)}>{one.birthday && format.date(one.birthday)}</Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
