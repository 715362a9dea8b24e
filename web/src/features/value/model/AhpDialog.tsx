import { useQuery } from "@tanstack/react-query";
import { Alert, Modal, Select, Slider } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useErrorText } from "@/shared/ui/states";
import { useIndicatorLabel } from "../components/useIndicatorLabel";
import { judge } from "../api";
import type { AhpAnswer, ModelDocument } from "../types";
import { MOST_COMPARED, heaviest, matrixOf, pairsOf, shareOut } from "./ahp";
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
  const label = useIndicatorLabel();
  const errorText = useErrorText();
  const [keys, setKeys] = useState(() => heaviest(document));
  const [judgements, setJudgements] = useState<Record<string, number>>({});
  const matrix = useMemo(() => matrixOf(keys, judgements), [keys, judgements]);
  const answer = useQuery({ queryKey: ["value", "ahp", keys, matrix], queryFn: () => judge(keys, matrix), enabled: open && keys.length > 1, retry: false });
  const result = keys.length > 1 ? answer.data : undefined;
  const inconsistent = result && !result.acceptable;
  const use = () => {
    if (!result) return;
    onUse(withWeights(document, shareOut(document, keys, result.weights)));
    onClose();
  };
  return (
    <Modal open={open} onCancel={onClose} onOk={use} width={760} title={t("ahp.title")} okText={t(inconsistent ? "ahp.use_anyway" : "ahp.use")} okButtonProps={{ disabled: !result, danger: Boolean(inconsistent) }}>
      <p>{t("ahp.what")}</p>
      <Select
        mode="multiple"
        aria-label={t("ahp.compared")}
        value={keys}
        onChange={setKeys}
        maxCount={MOST_COMPARED}
        options={document.indicators.map(keyOf).map((key) => ({ value: key, label: label(key) }))}
        className={styles.compared}
      />
      <Pairs keys={keys} judgements={judgements} onChange={setJudgements} />
      {answer.error && <Alert type="error" title={errorText(answer.error)} />}
      {result && <Outcome keys={keys} result={result} />}
      {inconsistent && <Alert type="warning" showIcon title={t("ahp.inconsistent")} />}
      <p className={styles.muted}>{t("ahp.scale", { most: 9 })}</p>
    </Modal>
  );
}

interface PairsProps {
  keys: string[];
  judgements: Record<string, number>;
  onChange: (judgements: Record<string, number>) => void;
}

function Pairs({ keys, judgements, onChange }: PairsProps) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const label = useIndicatorLabel();
  return (
    <ul className={styles.pairs}>
      {pairsOf(keys).map(([a, b]) => {
        const pair = `${a}|${b}`;
        const step = judgements[pair] ?? 0;
        return (
          <li key={pair}>
            <span className={step < 0 ? styles.preferred : ""}>{label(a)}</span>
            <Slider
              min={-8} max={8} step={1} value={step} included={false} ariaLabelForHandle={t("ahp.pair", { left: label(a), right: label(b) })}
              onChange={(value) => onChange({ ...judgements, [pair]: value })}
              tooltip={{ formatter: (value) => t(value === 0 ? "ahp.equal" : "ahp.times", { times: format.number(Math.abs(value ?? 0) + 1) }) }}
            />
            <span className={step > 0 ? styles.preferred : ""}>{label(b)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Outcome({ keys, result }: { keys: string[]; result: AhpAnswer }) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const label = useIndicatorLabel();
  return (
    <div className={styles.weights} role="status">
      {keys.map((key, index) => (
        <span key={key}>
          {label(key)} <b>{format.percent(result.weights[index])}</b>
        </span>
      ))}
      <span>{t("ahp.ratio", { ratio: format.number(result.consistency_ratio, 3) })}</span>
    </div>
  );
}
