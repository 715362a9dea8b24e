import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "../integration.module.css";

interface Props {
  back?: () => void;
  /** Why it cannot go on yet, said where the button stands. */
  why?: string | null | false;
  children: ReactNode;
}

/** The buttons under a step: back on the left, on with it on the right. */
export function Feet({ back, why, children }: Props) {
  const { t } = useTranslation("shared");
  return (
    <div className={styles.feet}>
      <div>{back && <Button onClick={back}>{t("action.back")}</Button>}</div>
      <div className={styles.side}>
        {why && <span className={styles.why}>{why}</span>}
        {children}
      </div>
    </div>
  );
}
