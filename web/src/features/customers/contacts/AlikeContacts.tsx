import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { mergeAddress } from "../merge/api";
import { useAlike } from "./api";
import styles from "./contacts.module.css";

/** Says which contacts may be one person, for those who may merge them; nothing when there are none. */
export function AlikeContacts({ of }: { of: { customer: number } | { contact: number } }) {
  const { t } = useTranslation("customers");
  const alike = useAlike(of, useCan(CAN.merge));
  if (!alike.data?.length) return null;
  return (
    <Alert
      type="info"
      className={styles.alike}
      title={alike.data.map((one) => {
        const ids = one.contacts.map((each) => each.id);
        return (
          <div key={`${one.customer_id} ${ids.join()}`} className={styles.pair}>
            <span>
              {t("contact.alike", { names: one.contacts.map((each) => each.name).join(t("merge.join")) })}{" "}
              <span className={styles.under}>{t("contact.alike_by", { what: one.shared.map((sign) => t(`contact.sign.${sign}`)).join(t("merge.join")) })}</span>
            </span>
            <Link to={mergeAddress("contact", ids)}>{t("contact.compare")}</Link>
          </div>
        );
      })}
    />
  );
}
