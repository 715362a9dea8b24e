import { Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Run } from "../types";
import { underWay, useRunProgress } from "./RunButton";

const COLOURS = { waiting: "default", running: "processing", done: "success", failed: "error", cancelled: "default" } as const;

/** The state of a run; while it works, how far it is. */
export function RunStateMark({ run }: { run: Run }) {
  const { t } = useTranslation(["value", "shared"]);
  const now = useRunProgress(run);
  const state = (now?.state ?? run.state) as Run["state"];
  if (now && underWay({ state })) {
    return <Progress percent={Math.round(now.progress * 100)} size="small" style={{ width: 140 }} aria-label={t("run.progress")} />;
  }
  return <Tag color={COLOURS[state]}>{t(`shared:job.${state}`)}</Tag>;
}
