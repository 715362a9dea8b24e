import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { useErrorText } from "@/shared/ui/states";
import styles from "./SignInPage.module.css";

/** What went wrong at the door; after too many attempts, how long to wait. */
export function DoorError({ error }: { error: unknown }) {
  const { t } = useTranslation("app");
  const errorText = useErrorText();
  if (!error) return null;
  const seconds = error instanceof ApiError && error.code === "too_many_attempts" ? Number(error.details[0]?.params?.seconds) : 0;
  const wait = seconds > 90 ? t("sign_in.wait_minutes", { count: Math.ceil(seconds / 60) }) : t("sign_in.wait_seconds", { count: seconds });
  return <Alert type="error" showIcon title={seconds ? wait : errorText(error)} className={styles.error} />;
}
