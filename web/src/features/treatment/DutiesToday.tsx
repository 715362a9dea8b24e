import { useTranslation } from "react-i18next";
import { Loaded } from "@/shared/ui/Loaded";
import { TableSkeleton } from "@/shared/ui/states";
import { useToday } from "./api";
import { DutyTable } from "./DutyTable";
import styles from "./treatment.module.css";

interface Props {
  /** What others missed and came to me, instead of my own. */
  escalated?: boolean;
  onRecord?: (customerId: number) => void;
}

/** My duties overdue or due within a week, the best customers first; or what rose to me. */
export function DutiesToday({ escalated = false, onRecord }: Props) {
  const { t } = useTranslation("treatment");
  const today = useToday();
  return (
    <Loaded query={today} waiting={<TableSkeleton rows={4} />}>
      {(found) => {
        if (escalated) return <DutyTable label={t("today.escalated")} duties={found.escalated} withOwner empty={{ title: t("today.no_escalated") }} />;
        const { duties, more } = found;
        return (
          <DutyTable
            label={t("today.mine")}
            duties={duties}
            onRecord={onRecord}
            empty={{ title: t("today.none"), why: t("today.none_why") }}
            footer={more > 0 && <p className={styles.muted}>{t("today.more", { count: more })}</p>}
          />
        );
      }}
    </Loaded>
  );
}
