import { StopOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./list.module.css";

/** Beside the name of somebody who is not to be contacted at all. */
export function NeverMark() {
  const { t } = useTranslation("customers");
  return (
    <Tooltip title={t("list.never")}>
      <StopOutlined className={styles.mark} role="img" aria-label={t("list.never")} />
    </Tooltip>
  );
}
