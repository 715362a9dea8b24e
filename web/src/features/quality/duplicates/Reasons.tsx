import { Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import type { Reason } from "../api";
import styles from "./duplicates.module.css";

const signed = (bits: number) => (bits > 0 ? `+${bits}` : String(bits).replace("-", "−"));

/** Why: each comparison with what it found and how strongly it speaks, for or against. */
export function Reasons({ reasons, most = 12 }: { reasons: Reason[]; most?: number }) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  return (
    <span className={styles.reasons}>
      {reasons.slice(0, most).map((one) => (
        <Tooltip key={one.comparison} title={t("duplicates.bits", { bits: signed(one.bits) })}>
          <Tag style={{ margin: 0, whiteSpace: "normal" }}>
            {label({ ...one.subject })}{t("duplicates.colon")}{label({ ...one.outcome })} {signed(one.bits)}
          </Tag>
        </Tooltip>
      ))}
    </span>
  );
}
