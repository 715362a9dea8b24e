import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { DateText } from "@/shared/ui/values";
import styles from "../assignment.module.css";
import { useWarningOf } from "./api";
import { usePostponing, WarningActions } from "./WarningParts";

/** Says on a customer's page that it is about to fall back to the pool, why, and what can be done. */
export function FallingNote({ customerId, onRecord }: { customerId: number; onRecord: (customerId: number) => void }) {
  const { t } = useTranslation("assignment");
  const postponing = usePostponing();
  const { data: row } = useWarningOf(customerId);
  if (!row) return null;
  const last = row.cause === "no_contact" ? row.last_contact : row.last_deal;
  return (
    <>
      <Alert
        type={row.postponed_until ? "info" : "warning"}
        showIcon
        className={styles.falling}
        title={
          <div className={styles.fallingLine}>
            <span>
              {row.postponed_until ? t("pool.stays", { name: row.approved_by ?? "" }) : t("pool.falls")} <strong><DateText value={row.postponed_until ?? row.due_on} /></strong>
              <span className={styles.muted}> {t(`pool.causes.${row.cause as "no_contact"}`)} · {t(row.cause === "no_contact" ? "pool.last_contact" : "pool.last_deal")} {last ? <DateText value={last} /> : t("pool.never")}</span>
              {row.asked_until && <span className={styles.muted}> · {t("pool.asked_until", { name: row.asked_by ?? "", why: row.asked_why })} <DateText value={row.asked_until} /></span>}
            </span>
            <WarningActions row={row} onAsk={postponing.ask} onRecord={onRecord} />
          </div>
        }
      />
      {postponing.dialog}
    </>
  );
}
