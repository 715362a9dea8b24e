import { Alert, Modal, Slider } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useErrorText } from "@/shared/ui/states";
import { useIndicatorLabel } from "../components/useIndicatorLabel";
import { judge } from "../api";
import type { ModelDocument } from "../types";
import { matrixOf, pairsOf, saaty } from "./ahp";
import { keyOf, withWeights } from "./draft";
import styles from "./model.module.css";

interface Props {
  document: ModelDocument;
  open: boolean;
  onClose: () => void;
  onUse: (document: ModelDocument) => void;
}

/** Weights from pairwise judgements: how much more important is one indicator than another? */
export function AhpDialog({ document, open, onClose, onUse }: Props) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const errorText = useErrorText();
  const label = useIndicatorLabel();
  const keys = useMemo(() => document.indicators.map(keyOf), [document]);
  const [judgements, setJudgements] = useState<Record<string, number>>({});
  const matrix = useMemo(() => matrixOf(keys.length, judgements), [keys, judgements]);
  const answer = useQuery({ queryKey: ["value", "ahp", matrix], queryFn: () => judge(keys, matrix), enabled: open && keys.length > 1, retry: false });
  const use = () => {
    if (!answer.data) return;
    onUse(withWeights(document, Object.fromEntries(keys.map((key, index) => [key, Math.round((answer.data.weights[index] ?? 0) * 1000) / 10]))));
    onClose();
  };
  const inconsistent = answer.data && !answer.data.acceptable;
  return (
    <Modal open={open} onCancel={onClose} onOk={use} width={760} title={t("ahp.title")} okText={t(inconsistent ? "ahp.use_anyway" : "ahp.use")} okButtonProps={{ disabled: !answer.data, danger: Boolean(inconsistent) }}>
      <p>{t("ahp.what")}</p>
      <ul className={styles.pairs}>
        {pairsOf(keys.length).map(([a, b]) => {
          const key = `${a}-${b}`;
          const step = judgements[key] ?? 0;
          const [left, right] = [label(keys[a] ?? ""), label(keys[b] ?? "")];
          return (
            <li key={key}>
              <span className={step < 0 ? styles.preferred : ""}>{left}</span>
              <Slider
                min={-8} max={8} step={1} value={step} included={false} ariaLabelForHandle={t("ahp.pair", { left, right })}
                onChange={(value) => setJudgements({ ...judgements, [key]: value })}
                tooltip={{ formatter: (value) => t(value === 0 ? "ahp.equal" : "ahp.times", { times: format.number(Math.abs(value ?? 0) + 1) }) }}
              />
              <span className={step > 0 ? styles.preferred : ""}>{right}</span>
            </li>
          );
        })}
      </ul>
      {answer.error && <Alert type="error" title={errorText(answer.error)} />}
      {answer.data && (
        <div className={styles.weights} role="status">
          {keys.map((key, index) => (
            <span key={key}>
              {label(key)} <b>{format.percent(answer.data.weights[index])}</b>
            </span>
          ))}
          <span>{t("ahp.ratio", { ratio: format.number(answer.data.consistency_ratio, 3) })}</span>
        </div>
      )}
      {inconsistent && <Alert type="warning" showIcon title={t("ahp.inconsistent")} />}
      <p className={styles.muted}>{t("ahp.scale", { most: saaty(-8) })}</p>
    </Modal>
  );
}
