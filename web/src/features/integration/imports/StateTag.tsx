import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { JobState } from "@/shared/api/types";

const COLOURS: Record<JobState, string | undefined> = { waiting: undefined, running: "blue", done: "green", failed: "red", cancelled: undefined };

export function StateTag({ state }: { state: JobState }) {
  const { t } = useTranslation("shared");
  return <Tag color={COLOURS[state]}>{t(`job.${state}`)}</Tag>;
}
