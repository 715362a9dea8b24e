import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { GradeBadge } from "@/shared/ui/Grade";
import { Delta } from "@/shared/ui/values";
import { useIndicatorName } from "./useIndicatorLabel";
import type { Mover } from "../types";
import styles from "./Movers.module.css";

/** Customers that rose or fell, and the indicators that moved them. */
export function Movers({ title, movers, none }: { title: string; movers: Mover[]; none: string }) {
  return (
    <section className={styles.movers}>
      <h3>{title}</h3>
      {movers.length === 0 ? (
        <Typography.Text type="secondary">{none}</Typography.Text>
      ) : (
        <ul>
          {movers.map((mover) => (
            <MoverRow key={mover.customer_id} mover={mover} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MoverRow({ mover }: { mover: Mover }) {
  const format = useFormat();
  const { t } = useTranslation("value");
  const name = useIndicatorName();
  const change = mover.to_score !== null && mover.from_score !== null ? mover.to_score - mover.from_score : null;
  const reasons = (mover.reasons ?? []).filter((reason) => reason.change !== 0).slice(0, 3);
  return (
    <li>
      <div className={styles.line}>
        <Link to={`/customers/${mover.customer_id}`} className={styles.name}>
          {mover.name}
        </Link>
        <Delta value={change} digits={1} />
      </div>
      <div className={styles.why}>
        {mover.from_grade !== mover.to_grade && (
          <span className={styles.grades}>
            <GradeBadge grade={mover.from_grade} />
            <span aria-label={t("movement.becomes")} role="img">→</span>
            <GradeBadge grade={mover.to_grade} />
          </span>
        )}
        {reasons.map((reason) => (
          <span key={`${reason.indicator}@${reason.window_months}`}>
            {name({ ...reason, code: reason.indicator })} {format.change(reason.change, 1)}
          </span>
        ))}
      </div>
    </li>
  );
}
