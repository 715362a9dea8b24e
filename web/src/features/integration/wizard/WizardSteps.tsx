import { Grid, Steps } from "antd";
import { useTranslation } from "react-i18next";
import styles from "../integration.module.css";
import { STEPS, type Step } from "./draft";

interface Props {
  current: Step | "run";
  status?: "process" | "finish" | "error";
  onGo?: (step: Step) => void;
}

/** Where in the wizard one is; back to a step by pressing it. A phone has room for a line only. */
export function WizardSteps({ current, status, onGo }: Props) {
  const { t } = useTranslation("integration");
  const phone = Grid.useBreakpoint().sm === false;
  const all = [...STEPS, "run" as const];
  const at = all.indexOf(current);
  if (phone) return <p className={styles.steps}>{t("wizard.at", { number: at + 1, of: all.length, step: t(`wizard.step.${current}`) })}</p>;
  return (
    <Steps
      className={styles.steps}
      size="small"
      current={at}
      status={status}
      onChange={onGo && ((index) => onGo(STEPS[index] ?? "file"))}
      items={all.map((step, index) => ({ title: t(`wizard.step.${step}`), disabled: onGo !== undefined && (index > at || step === "run") }))}
    />
  );
}
