import { Checkbox, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { endOfDayIn, useCompanyDay } from "@/shared/format/companyDay";
import { useSettings } from "@/shared/session/session";
import { CheckGroup } from "@/shared/ui/CheckGroup";
import { FormDialog } from "@/shared/ui/FormDialog";
import { createKey, useRefreshPeople, type ApiKey } from "../api";
import styles from "../people.module.css";
import { RoleSelect } from "../roles/RoleSelect";
import { SCOPES, wordOf } from "./scopes";

interface Entered {
  name: string;
  scopes: string[];
  expires: Dayjs | null;
  role?: string | null;
}

interface Props {
  onClose: () => void;
  onMade: (made: ApiKey & { key: string }) => void;
}

/** Makes a key; it is valid to the end of the chosen day, where the company is. */
export function KeyDialog({ onClose, onMade }: Props) {
  const { t } = useTranslation("people");
  const refresh = useRefreshPeople();
  const settings = useSettings() as { scopes?: string[]; time_zone?: string };
  const today = useCompanyDay();
  const days = (count: number) => ({ label: t("key.days", { count }), value: today.add(count, "day") });
  return (
    <FormDialog<Entered, ApiKey & { key: string }>
      open
      title={t("key.new")}
      okText={t("key.create")}
      initial={{ scopes: ["read"], expires: today.add(365, "day") }}
      save={({ name, scopes, expires, role }) => createKey({ name, scopes, role: role ?? null, expires_at: expires ? endOfDayIn(settings.time_zone, expires).toISOString() : null })}
      onSaved={(made) => {
        refresh();
        onMade(made);
      }}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("key.name")} extra={t("key.name_hint")} rules={[{ required: true, whitespace: true, message: t("key.name_missing") }]}>
        <Input autoFocus autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="scopes" label={t("key.scopes")} rules={[{ required: true, type: "array", min: 1, message: t("key.scopes_missing") }]}>
        <CheckGroup label={t("key.scopes")} className={styles.scopes}>
          {(settings.scopes ?? SCOPES).map((scope) => (
            <Checkbox key={scope} value={scope}>
              {t(`scope.${wordOf(scope)}`, { defaultValue: scope })} <span className={styles.hint}>{t(`scope_hint.${wordOf(scope)}`, { defaultValue: "" })}</span>
            </Checkbox>
          ))}
        </CheckGroup>
      </Form.Item>
      <Form.Item name="role" label={t("key.role")} extra={t("key.role_hint")}>
        <RoleSelect allowClear placeholder={t("key.role_none")} />
      </Form.Item>
      <Form.Item name="expires" label={t("key.expires")} extra={t("key.expires_hint")}>
        <DatePicker style={{ width: "100%" }} minDate={today} presets={[days(30), days(90), days(365)]} placeholder={t("key.no_expiry")} />
      </Form.Item>
    </FormDialog>
  );
}
