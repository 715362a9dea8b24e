import { Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { Panel } from "@/shared/ui/PageHeader";
import { handOverDuty, useLeftBehind, useRefreshMap, type HeldDuty } from "../map/api";
import { PersonSelect } from "../users/PersonSelect";
import styles from "./duties.module.css";

/** Duties of people who left, with those who relied on them, until somebody takes each over. */
export function LeftBehind() {
  const { t } = useTranslation("people");
  const left = useLeftBehind();
  const refresh = useRefreshMap();
  const [giving, setGiving] = useState<HeldDuty | null>(null);
  if (!left.data?.length) return null;
  return (
    <Panel title={t("duty.left_behind")} className={styles.behind}>
      <p className={styles.about}>{t("duty.left_behind_why")}</p>
      <ul className={styles.left}>
        {left.data.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.duty.name}</strong> · {one.person.name}
              <span className={styles.sub}>{one.internal_customers.map((each) => each.person?.name ?? each.department?.name).join(" · ") || t("duty.nobody_relies")}</span>
            </span>
            <Button size="small" onClick={() => setGiving(one)}>{t("duty.hand_over")}</Button>
          </li>
        ))}
      </ul>
      {giving && (
        <FormDialog<{ person_id: number }> open title={`${t("duty.hand_over")} · ${giving.duty.name}`} save={({ person_id }) => handOverDuty(giving.id, person_id)} onSaved={refresh} onClose={() => setGiving(null)}>
          <Form.Item name="person_id" label={t("duty.heir")} rules={[{ required: true, message: t("duty.heir_missing") }]}>
            <PersonSelect without={giving.person.id} />
          </Form.Item>
        </FormDialog>
      )}
    </Panel>
  );
}
