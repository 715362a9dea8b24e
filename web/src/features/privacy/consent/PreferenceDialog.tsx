import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { setPreference, useRefreshConsents, WAYS, type Preference, type PreferenceIn } from "./api";
import styles from "./consent.module.css";

interface Props {
  customerId: number;
  contactId: number | null;
  preference: Preference;
  open: boolean;
  onClose: () => void;
}

const ZONES = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }));

/** How somebody likes to be reached: channel, language, hours of quiet on their own clock. */
export function PreferenceDialog({ customerId, contactId, preference, open, onClose }: Props) {
  const { t } = useTranslation("privacy");
  const refresh = useRefreshConsents();
  if (!open) return null;
  const { quiet_from: from, quiet_until: until } = preference;
  return (
    <FormDialog<PreferenceIn>
      open
      title={t("consent.preference")}
      initial={{ ...preference, channel: preference.channel as PreferenceIn["channel"], quiet_from: from?.slice(0, 5), quiet_until: until?.slice(0, 5) }}
      save={(entered) => setPreference(customerId, { ...entered, contact_id: contactId, channel: entered.channel ?? "", language: entered.language ?? "", time_zone: entered.time_zone ?? "", quiet_from: entered.quiet_from || null, quiet_until: entered.quiet_until || null })}
      onSaved={refresh}
      onClose={onClose}
    >
      <Form.Item name="channel" label={t("consent.preferred_channel")}>
        <Select options={[{ value: "", label: t("consent.no_matter") }, ...WAYS.map((value) => ({ value, label: t(`consent.ways.${value}`) }))]} />
      </Form.Item>
      <Form.Item name="language" label={t("consent.language")}>
        <Select options={[{ value: "", label: t("consent.no_matter") }, ...["zh-hans", "en"].map((value) => ({ value, label: t(`consent.languages.${value}`) }))]} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="quiet_from" label={t("consent.quiet_from")}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="quiet_until" label={t("consent.quiet_until")}>
          <Input type="time" />
        </Form.Item>
      </div>
      <p className={styles.under}>{t("consent.quiet_hint")}</p>
      <Form.Item name="time_zone" label={t("consent.time_zone")}>
        <Select showSearch options={[{ value: "", label: t("consent.company_zone") }, ...ZONES]} />
      </Form.Item>
    </FormDialog>
  );
}
