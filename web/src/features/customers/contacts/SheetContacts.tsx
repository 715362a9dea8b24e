import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { Loaded } from "@/shared/ui/Loaded";
import { useContactsOf, type ContactDetail } from "./api";
import styles from "./contacts.module.css";
import { RoleTag } from "./Ways";

const MOST = 20;

/** Who is to be spoken to at a customer, on its sheet; not who left or was erased. */
export function SheetContacts({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const contacts = useContactsOf(customerId);
  const seatOf = (one: ContactDetail) => one.positions.find((seat) => seat.customer.id === customerId);
  return (
    <Loaded query={contacts} waiting={<Skeleton active title={false} paragraph={{ rows: 3 }} />} none={<p className={styles.none}>{t("contact.none")}</p>}>
      {(found) => (
        <ScrollTable<ContactDetail>
          aria-label={t("contact.block")}
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={found.filter((one) => !seatOf(one)?.until && !one.erased_at).slice(0, MOST)}
          columns={[
            { key: "name", title: t("contact.name"), dataIndex: "name" },
            { key: "title", title: t("contact.title"), render: (_, one) => [one.department, seatOf(one)?.title || one.title].filter(Boolean).join(" · ") },
            { key: "role", title: t("contact.role"), render: (_, one) => <RoleTag role={seatOf(one)?.role ?? ""} influence={null} /> },
            { key: "ways", title: t("channel.title"), render: (_, one) => one.channels.filter((way) => way.validity !== "invalid").map((way) => way.value).join(" · ") },
          ]}
        />
      )}
    </Loaded>
  );
}
