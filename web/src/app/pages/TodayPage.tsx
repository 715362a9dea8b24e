import { CheckCircleOutlined } from "@ant-design/icons";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWarnings, WarningList } from "@/features/assignment";
import { RecordDialog } from "@/features/customers";
import { MentionList, RatingsDue, useMentions, useRatingsDue } from "@/features/people";
import { DutiesToday, useToday } from "@/features/treatment";
import { OverrideTable, useOverrides } from "@/features/value";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, TableSkeleton } from "@/shared/ui/states";
import styles from "./TodayPage.module.css";

interface Block {
  key: string;
  asked: { isLoading: boolean; error: unknown };
  /** How many things wait in it. */
  count: number | undefined;
  body: ReactNode;
}

/** What waits for this person: own duties, what was escalated, customers about to fall back, requests to decide. */
export function Component() {
  const { t } = useTranslation("app");
  const [recording, setRecording] = useState<number | null>(null);
  const blocks = useBlocks(setRecording);
  const ratings = useRatingsDue();
  const shown = blocks.filter(({ asked, count }) => Boolean(asked.error) || (count ?? 0) > 0);
  const waiting = blocks.some(({ asked }) => asked.isLoading);
  return (
    <>
      <PageHeader title={t("nav.today")} about={t("today.about")} />
      <div className={styles.blocks}>
        {shown.map(({ key, body }) => (
          <Panel key={key} title={t(`today.${key}`)}>{body}</Panel>
        ))}
        <RatingsDue />
        {waiting && <Panel><TableSkeleton rows={4} /></Panel>}
        {!waiting && shown.length === 0 && ratings.length === 0 && (
          <Panel>
            <EmptyState title={t("today.none")} why={t("today.none_why")} icon={<CheckCircleOutlined style={{ fontSize: 40 }} />} />
          </Panel>
        )}
      </div>
      {recording !== null && <RecordDialog customerId={recording} kind="interactions" onClose={() => setRecording(null)} />}
    </>
  );
}

function useBlocks(onRecord: (customerId: number) => void): Block[] {
  const mayApprove = useCan(CAN.approve);
  const today = useToday();
  const mentions = useMentions();
  const warnings = useWarnings("mine");
  const overrides = useOverrides({ to_decide: true }, mayApprove);
  const requests = useWarnings("asked", mayApprove);
  return [
    { key: "duties", asked: today, count: today.data?.duties.length, body: <DutiesToday onRecord={onRecord} /> },
    { key: "escalated", asked: { isLoading: false, error: null }, count: today.data?.escalated.length, body: <DutiesToday escalated /> },
    { key: "mentions", asked: mentions, count: mentions.data?.items.length, body: <MentionList /> },
    { key: "warnings", asked: warnings, count: warnings.data?.length, body: <WarningList of="mine" onRecord={onRecord} /> },
    { key: "overrides", asked: overrides, count: overrides.data?.pages[0]?.items.length, body: <OverrideTable toDecide /> },
    { key: "requests", asked: requests, count: requests.data?.length, body: <WarningList of="asked" onRecord={onRecord} /> },
  ];
}
