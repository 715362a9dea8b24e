import { InputNumber, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useGradeName } from "@/shared/ui/Grade";
import { GradeDot } from "@/shared/ui/Grade";
import { bandsInOrder, changeBands, type Bands } from "./draft";
import type { EditProps } from "./IndicatorTable";
import styles from "./model.module.css";

const GRADES = ["vip", "important", "ordinary"] as const;

/** Where the grades begin: by score, or by cumulative share of customers or revenue. */
export function BandsEditor({ document, onChange, readOnly }: EditProps) {
  const { t } = useTranslation("value");
  const name = useGradeName();
  const { bands } = document;
  const shares = bands.by !== "score";
  const factor = shares ? 100 : 1;
  return (
    <div className={styles.bands}>
      <Segmented
        aria-label={t("bands.by")} value={bands.by} disabled={readOnly}
        onChange={(by) => onChange(changeBands(document, { by: by as Bands["by"] }))}
        options={(["score", "share", "revenue"] as const).map((value) => ({ value, label: t(`bands.by_${value}`) }))}
      />
      {GRADES.map((grade) => (
        <label key={grade} className={styles.band}>
          <GradeDot grade={grade} />
          <span>{name(grade)}</span>
          <InputNumber
            size="small" min={0} max={100} disabled={readOnly} prefix={shares ? "≤" : ">"} suffix={shares ? "%" : undefined} style={{ width: 104 }}
            value={Number((bands[grade] * factor).toFixed(4))}
            onChange={(value) => value !== null && onChange(changeBands(document, { [grade]: value / factor }))}
          />
        </label>
      ))}
      {!bandsInOrder(bands) && (
        <span role="alert" className={styles.wrong}>
          {t(shares ? "bands.must_rise" : "bands.must_fall")}
        </span>
      )}
    </div>
  );
}
