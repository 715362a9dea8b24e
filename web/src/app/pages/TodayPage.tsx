import { useTranslation } from "react-i18next";
import { WarningList } from "@/features/customers";
import { RatingsDue } from "@/features/people";
import { OverrideTable } from "@/features/value";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import styles from "./TodayPage.module.css";

/** What waits for this person: own customers about to fall back, and requests to decide. */
export function Component() {
  const { t } = useTranslation("app");
  const mayApprove = useCan(CAN.approve);
  return (
    <>
      <PageHeader title={t("nav.today")} about={t("today.about")} />
      <div className={styles.blocks}>
        <Panel title={t("today.warnings")}>
          <WarningList mine />
        </Panel>
        {mayApprove && (
          <Panel title={t("today.overrides")}>
            <OverrideTable toDecide />
          </Panel>
        )}
        {mayApprove && (
          <Panel title={t("today.requests")}>
            <WarningList asked />
          </Panel>
        )}
        <RatingsDue />
      </div>
    </>
  );
}
