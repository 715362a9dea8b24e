import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "../integration.module.css";

interface Props {
  back?: () => void;
  children: ReactNode;
}

/** The buttons under a step: back on the left, on with it on the right. */
export function Feet({ back, children }: Props) {
  const { t } = useTranslation("shared");
  return (
    <div className={styles.feet}>
      <div>{back && <Button onClick={back}>{t("action.back")}</Button>}</div>
      <div className={styles.side}>{children}</div>
    </div>
  );
}
