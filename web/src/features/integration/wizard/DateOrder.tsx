import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import styles from "../integration.module.css";
import type { Draft } from "./draft";
import type { StepProps } from "./step";

/** Whether the server could not tell the order of day and month from the file. */
export const asksDateOrder = (error: unknown) => error instanceof ApiError && error.details.some((detail) => detail.where === "date_format");

/** Says whether 1/5/2024 is the first of May or the fifth of January. */
export function DateOrder({ draft, change }: Pick<StepProps, "draft" | "change">) {
  const { t } = useTranslation("integration");
  return (
    <div className={styles.dates}>
      <span>{t("dates.order")}</span>
      <Segmented
        aria-label={t("dates.order")}
        value={draft.date_format ?? "auto"}
        onChange={(order) => change({ date_format: order === "auto" ? null : (order as Draft["date_format"]) })}
        options={[
          { value: "auto", label: t("dates.auto") },
          { value: "dmy", label: t("dates.dmy") },
          { value: "mdy", label: t("dates.mdy") },
        ]}
      />
    </div>
  );
}
