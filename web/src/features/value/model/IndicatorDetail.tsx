import { Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import type { CatalogueEntry, Distribution, Indicator } from "../types";
import { useIndicatorUnit } from "../components/useIndicatorLabel";
import { DistributionView } from "./DistributionView";
import styles from "./model.module.css";

interface Props {
  indicator: Indicator;
  distribution: Distribution | undefined;
  entry: CatalogueEntry | undefined;
  readOnly: boolean;
  onChange: (change: Partial<Indicator>) => void;
}

/** What an indicator means, its finer settings, and how its values are spread. */
export function IndicatorDetail({ indicator, distribution, entry, readOnly, onChange }: Props) {
  const { t } = useTranslation("value");
  const label = useLabel();
  const unitOf = useIndicatorUnit();
  return (
    <div className={styles.detail}>
      <div className={styles.settings}>
        {entry && <p className={styles.definition}>{label(entry.definition)}</p>}
        {indicator.formula !== undefined && indicator.formula !== null && (
          <label>
            <span>{t("model.formula")}</span>
            <Input value={indicator.formula} disabled={readOnly} onChange={(event) => onChange({ formula: event.target.value })} className={styles.code} />
          </label>
        )}
        <MissingInput indicator={indicator} readOnly={readOnly} onChange={onChange} />
        {(indicator.scale === "linear" || indicator.scale === "log") && <Ends indicator={indicator} readOnly={readOnly} onChange={onChange} />}
        {indicator.scale === "steps" && (
          <ListInput
            label={t("model.steps")} help={t("model.steps_help")} readOnly={readOnly}
            text={(indicator.steps ?? []).map(([threshold, points]) => `${threshold} = ${points}`).join("\n")}
            onCommit={(lines) => onChange({ steps: lines.map(([threshold, points]) => [Number(threshold), points] as [number, number]).filter(([threshold]) => Number.isFinite(threshold)) })}
          />
        )}
        {indicator.scale === "map" && (
          <ListInput
            label={t("model.map")} help={t("model.map_help")} readOnly={readOnly}
            text={Object.entries(indicator.map ?? {}).map(([category, points]) => `${category} = ${points}`).join("\n")}
            onCommit={(lines) => onChange({ map: Object.fromEntries(lines) })}
          />
        )}
      </div>
      {indicator.scale === "map" ? <p className={styles.muted}>{t("distribution.categories")}</p> : <DistributionView distribution={distribution} unit={unitOf(indicator.code, entry?.unit ?? null)} />}
    </div>
  );
}

type PartProps = Pick<Props, "indicator" | "readOnly" | "onChange">;

function MissingInput({ indicator, readOnly, onChange }: PartProps) {
  const { t } = useTranslation("value");
  const missing = indicator.missing ?? "neutral";
  const points = typeof missing === "number";
  return (
    <div className={styles.setting}>
      <span>{t("model.missing")}</span>
      <Select
        aria-label={t("model.missing")} disabled={readOnly} value={points ? "points" : missing} popupMatchSelectWidth={false}
        onChange={(value) => onChange({ missing: value === "points" ? 50 : (value as "neutral" | "zero") })}
        options={(["neutral", "zero", "points"] as const).map((value) => ({ value, label: t(`missing.${value}`) }))}
      />
      {points && <InputNumber aria-label={t("indicator.points")} min={0} max={100} value={missing} disabled={readOnly} onChange={(value) => onChange({ missing: value ?? 0 })} />}
    </div>
  );
}

function Ends({ indicator, readOnly, onChange }: PartProps) {
  const { t } = useTranslation("value");
  return (
    <div className={styles.setting}>
      <span>{t("model.ends")}</span>
      <InputNumber aria-label={t("model.lo")} placeholder={t("model.fitted")} value={indicator.lo ?? null} disabled={readOnly} onChange={(lo) => onChange({ lo })} />
      <span aria-hidden>–</span>
      <InputNumber aria-label={t("model.hi")} placeholder={t("model.fitted")} value={indicator.hi ?? null} disabled={readOnly} onChange={(hi) => onChange({ hi })} />
    </div>
  );
}

interface ListProps {
  label: string;
  help: string;
  text: string;
  readOnly: boolean;
  onCommit: (lines: [string, number][]) => void;
}

/** "name = points", a line each; unreadable lines are left out when the field is left. */
function parseLines(text: string): [string, number][] {
  return text
    .split("\n")
    .map((line) => {
      const at = line.lastIndexOf("=");
      return [line.slice(0, at).trim(), Number(line.slice(at + 1))] as [string, number];
    })
    .filter(([name, points]) => name !== "" && Number.isFinite(points));
}

function ListInput({ label, help, text, readOnly, onCommit }: ListProps) {
  const [typed, setTyped] = useState(text);
  return (
    <label>
      <span>{label}</span>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} disabled={readOnly} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={() => onCommit(parseLines(typed))} className={styles.code} />
      <small>{help}</small>
    </label>
  );
}
