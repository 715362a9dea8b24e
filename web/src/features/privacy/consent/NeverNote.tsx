import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { neverOf, useConsents } from "./api";
import styles from "./consent.module.css";

interface Props {
  customerId: number;
  /** One of the people at it; the customer as a whole without. */
  contactId?: number | null;
}

/** Says, wherever somebody might reach for the phone, that a customer or a contact at it is not to be contacted at all. */
export function NeverNote({ customerId, contactId = null }: Props) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const never = neverOf(useConsents(customerId, contactId).data);
  if (!never) return null;
  const days = { since: format.date(never.at), until: format.date(never.until) };
  return <Alert className={styles.never} type="warning" showIcon title={t(never.until ? "consent.never_until" : "consent.never_since", days)} />;
}
