import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RecordDialog, WarningList } from "@/features/customers";
import { MentionList, RatingsDue } from "@/features/people";
import { DutiesToday, useToday } from "@/features/treatment";
import { OverrideTable } from "@/features/value";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import styles from "./TodayPage.module.css";

/** What waits for this person: own duties, what was escalated, customers about to fall back, requests to decide. */
export function Component() {
  const { t } = useTranslation("app");
  const mayApprove = useCan(CAN.approve);
  const today = useToday();
  const [recording, setRecording] = useState<number | null>(null);
  return (
    <>
      <PageHeader title={t("nav.today")} about={t("today.about")} />
      <div className={styles.blocks}>
        <Panel title={t("today.duties")}>
          <DutiesToday onRecord={setRecording} />
        </Panel>
        {(today.data?.escalated.length ?? 0) > 0 && (
          <Panel title={t("today.escalated")}>
            <DutiesToday escalated />
          </Panel>
        )}
        <Panel title={t("today.mentions")}>
          <MentionList />
        </Panel>
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
      {recording !== null && <RecordDialog customerId={recording} kind="interactions" onClose={() => setRecording(null)} />}
    </>
  );
}
