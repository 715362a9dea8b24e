import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useFailed } from "@/shared/ui/useFailed";
import { RelativeTime } from "@/shared/ui/values";
import { mergeAddress } from "../merge/api";
import { tellApart, tellApartNoMore, useAlike, useRefreshContacts, useToldApart } from "./api";
import styles from "./contacts.module.css";

/** Says which contacts may be one person, for those who may merge them; nothing when there are none. */
export function AlikeContacts({ of }: { of: { customer: number } | { contact: number } }) {
  const { t } = useTranslation("customers");
  const alike = useAlike(of, useCan(CAN.merge));
  const { apart } = useTelling();
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
            <span className={styles.choices}>
              <Link to={mergeAddress("contact", ids)}>{t("contact.compare")}</Link>
              <Button type="link" size="small" style={{ padding: 0 }} onClick={() => apart(ids)}>{t(ids.length > 2 ? "contact.all_apart" : "contact.apart")}</Button>
            </span>
          </div>
        );
      })}
    />
  );
}

/** The contacts that look like this one and are other people, as somebody said, with the way back. */
export function ToldApart({ contact }: { contact: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const may = useCan(CAN.merge);
  const told = useToldApart(contact, may);
  const { together } = useTelling();
  if (!may || !told.data?.length) return null;
  return (
    <ul className={styles.apart}>
      {told.data.map((one) => (
        <li key={one.contact.id} className={styles.pair}>
          <span>
            {t("contact.is_apart")}<Link to={`/contacts?contact=${one.contact.id}`}>{one.contact.name}</Link>{" "}
            <span className={styles.under}>{one.by} <RelativeTime value={one.at} /></span>
          </span>
          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => together([contact, one.contact.id])}>{t("contact.not_apart")}</Button>
        </li>
      ))}
    </ul>
  );
}

function useTelling() {
  const { t } = useTranslation("customers");
  const { message } = App.useApp();
  const failed = useFailed();
  const refresh = useRefreshContacts();
  const key = (ids: number[]) => `apart ${ids.join()}`;
  const together = (ids: number[]) => void tellApartNoMore(ids).then(() => { message.destroy(key(ids)); refresh(); }, failed);
  const told = (ids: number[]) => {
    refresh();
    const undo = <Button type="link" size="small" onClick={() => together(ids)}>{t("notes.undo")}</Button>;
    void message.open({ key: key(ids), type: "success", duration: 8, content: <>{t("contact.told_apart")} {undo}</> });
  };
  return { apart: (ids: number[]) => void tellApart(ids).then(() => told(ids), failed), together };
}
