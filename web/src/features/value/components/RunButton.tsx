import { CalculatorOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/session";
import { CAN } from "@/shared/session/permissions";
import { useStream, type News } from "@/shared/stream/stream";
import { useFailed } from "@/shared/ui/useFailed";
import { useRuns, useStartRun } from "../api";
import type { Run } from "../types";
import styles from "./RunButton.module.css";

export const underWay = (run: Pick<Run, "state"> | undefined | null) => run?.state === "waiting" || run?.state === "running";

/** A run's progress as the server tells it; until then what the list knew. */
export function useRunProgress(run: Run | undefined): { progress: number; message: string; state: string } | null {
  const [news, setNews] = useState<News["run"] | null>(null);
  useStream("run", useCallback((told: News["run"]) => setNews(told), []));
  if (!run) return null;
  const told = news?.id === run.id ? news : null;
  return { progress: told?.progress ?? run.progress, message: told?.message ?? run.message, state: told?.state ?? run.state };
}

/** Starts a run of a model, or shows how far the one under way is. */
export function RunButton({ model, primary = true }: { model: number; primary?: boolean }) {
  const { t } = useTranslation("value");
  const failed = useFailed();
  const may = useCan(CAN.runScoring);
  const runs = useRuns(model);
  const start = useStartRun();
  const latest = runs.data?.pages[0]?.items[0];
  const progress = useRunProgress(latest);
  if (progress && underWay(progress as Run)) {
    return (
      <div className={styles.running} role="status">
        <span>{t(`run.step.${progress.message || "waiting"}`, { defaultValue: t("run.under_way") })}</span>
        <Progress percent={Math.round(progress.progress * 100)} size="small" aria-label={t("run.progress")} />
      </div>
    );
  }
  if (!may) return null;
  return (
    <Button
      type={primary ? "primary" : "default"}
      icon={<CalculatorOutlined />}
      loading={start.isPending}
      onClick={() => void start.mutateAsync({ model_id: model }).catch(failed)}
    >
      {t("run.start")}
    </Button>
  );
}
