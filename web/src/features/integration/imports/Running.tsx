import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import type { Import } from "../api";
import styles from "../integration.module.css";
import { percentOf } from "./progress";

/** How far it is, how fast, how long yet; and that one need not wait here. */
export function Running({ one }: { one: Import }) {
  const { t } = useTranslation("integration");
  const format = useFormat();
  const percent = percentOf(one);
  return (
    <div role="status">
      <Progress percent={percent ?? 100} showInfo={percent !== null} status="active" aria-label={t("imports.progress", { file: one.filename })} />
      <div className={styles.pace}>
        <span>{one.state === "waiting" ? t("import.waiting") : t("import.rows", { read: format.number(one.read) })}</span>
        {one.rate !== null && one.rate > 0 && <span>{t("import.rate", { rate: format.number(one.rate) })}</span>}
        {one.seconds_left !== null && <span>{t("import.left", { time: format.seconds(one.seconds_left) })}</span>}
        <span>{t("import.leave")}</span>
      </div>
    </div>
  );
}
