import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { ErrorDetails, useErrorText } from "@/shared/ui/states";
import styles from "./SignInPage.module.css";

/** What went wrong at the door; after too many attempts, how long to wait. */
export function DoorError({ error }: { error: unknown }) {
  const { t } = useTranslation("app");
  const errorText = useErrorText();
  if (!error) return null;
  const seconds = error instanceof ApiError && error.code === "too_many_attempts" ? Number(error.details[0]?.params?.seconds) : 0;
  const wait = seconds > 90 ? t("sign_in.wait_minutes", { count: Math.ceil(seconds / 60) }) : t("sign_in.wait_seconds", { count: seconds });
  if (seconds) return <Alert type="error" showIcon title={wait} className={styles.error} />;
  return <Alert type="error" showIcon title={errorText(error)} description={<ErrorDetails error={error} />} className={styles.error} />;
}
