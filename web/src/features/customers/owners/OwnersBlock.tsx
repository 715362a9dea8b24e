import { useTranslation } from "react-i18next";
import { DateText } from "@/shared/ui/values";
import { ListBlock } from "../profile/ListBlock";
import styles from "../customers.module.css";
import { useOwnerships } from "./api";

/** Whose customer it is and was, and how it came to each. */
export function OwnersBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const owners = useOwnerships(customerId);
  return (
    <ListBlock title={t("owners.title")} none={t("owners.none")} query={owners} empty={owners.data?.length === 0}>
      <ul className={styles.plain}>
        {owners.data?.map((one) => (
          <li key={one.since + String(one.owner.id)}>
            <strong>{one.owner.name}</strong> <span className={styles.muted}>{t(`owners.reasons.${one.reason as "given"}`, { by: one.by === "system" ? t("trash.system") : one.by })}</span>
            <div className={styles.muted}>
              <DateText value={one.since} /> – {one.until ? <><DateText value={one.until} /> · {t(`owners.ends.${one.ended_as as "assigned"}`)}</> : t("owners.now")}
            </div>
          </li>
        ))}
      </ul>
    </ListBlock>
  );
}
