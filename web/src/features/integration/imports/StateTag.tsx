import { useTranslation } from "react-i18next";
import type { JobState } from "@/shared/api/types";
import { JOB_TONES, Status } from "@/shared/ui/Status";

export function StateTag({ state }: { state: JobState }) {
  const { t } = useTranslation("shared");
  return <Status tone={JOB_TONES[state]}>{t(`job.${state}`)}</Status>;
}
