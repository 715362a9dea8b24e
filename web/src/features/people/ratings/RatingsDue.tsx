import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Panel } from "@/shared/ui/PageHeader";
import { DateText } from "@/shared/ui/values";
import styles from "../people.module.css";
import { useMyRatings } from "./api";

/** The ratings that wait for this person. */
export const useRatingsDue = () => useMyRatings().data?.filter((one) => one.mark === null) ?? [];

/** That ratings wait for this person, and until when; nothing when none do. */
export function RatingsDue() {
  const { t } = useTranslation("people");
  const waiting = useRatingsDue();
  const first = waiting[0];
  if (!first) return null;
  return (
    <Panel title={t("rating.title")}>
      <Link to="/people/ratings" className={styles.inline}>{t("rating.waiting", { count: waiting.length })}</Link> · {t("rating.until")} <DateText value={first.closes_on} />
    </Panel>
  );
}
