import { App, Button, Checkbox, Form, Select, TimePicker } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { useSettings } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { FormError } from "@/shared/ui/FormError";
import { TableSkeleton } from "@/shared/ui/states";
import { shownInPlace } from "@/shared/ui/useFailed";
import { RobotFields } from "./RobotFields";
import { useNoticeSettings, useSaveNoticeSettings, useTryNotices, type NoticeSettings } from "./api";
import { clock, toServer, type Entered } from "./entered";
import styles from "./notifications.module.css";

/** How the person is told: a channel for each kind of notice, when, and by which robot. */
export function NotificationSettings() {
  const settings = useNoticeSettings();
  return (
    <Loaded query={settings} waiting={<TableSkeleton rows={5} />}>
      {(found) => <SettingsForm settings={found} />}
    </Loaded>
  );
}

function SettingsForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation(["people", "shared"]);
  const company = useSettings();
  const { message } = App.useApp();
  const [form] = Form.useForm<Entered>();
  const save = useSaveNoticeSettings();
  const attempt = useTryNotices();
  const zones = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }));
  return (
    <Form<Entered>
      id="notifications"
      form={form}
      layout="vertical"
      initialValues={{
        channels: Object.fromEntries(settings.events.map((event) => [event.code, event.channels])),
        digest: settings.digest,
        digest_at: clock(settings.digest_at),
        quiet: settings.quiet_from && settings.quiet_to ? [clock(settings.quiet_from), clock(settings.quiet_to)] : null,
        time_zone: settings.time_zone || undefined,
        robot: settings.robot,
        robot_url: settings.robot_url,
        robot_secret: "",
      }}
      onFinish={(entered) => void save.mutateAsync(toServer(entered)).then(() => void message.success(t("shared:state.saved")), shownInPlace)}
    >
      <Matrix settings={settings} />
      <div className={styles.times}>
        <Form.Item name="digest" label={t("notice.digest")} extra={settings.mail_server ? undefined : t("notice.no_mail_server")}>
          <Select style={{ width: 180 }} options={(["at_once", "hourly", "daily"] as const).map((value) => ({ value, label: t(`notice.digest_${value}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={["digest"]}>
          {({ getFieldValue }) =>
            getFieldValue("digest") === "daily" && (
              <Form.Item name="digest_at" label={t("notice.digest_at")}>
                <TimePicker format="HH:mm" minuteStep={15} allowClear={false} needConfirm={false} />
              </Form.Item>
            )
          }
        </Form.Item>
        <Form.Item name="quiet" label={t("notice.quiet")} extra={t("notice.quiet_why")}>
          <TimePicker.RangePicker aria-label={t("notice.quiet")} format="HH:mm" minuteStep={15} order={false} needConfirm={false} placeholder={[t("notice.from"), t("notice.to")]} />
        </Form.Item>
        <Form.Item name="time_zone" label={t("notice.time_zone")}>
          <Select showSearch allowClear style={{ width: 220 }} placeholder={company.time_zone} options={zones} />
        </Form.Item>
      </div>
      <RobotFields hasSecret={settings.robot_has_secret} companyRobot={settings.company_robot} />
      <FormError error={save.error ?? attempt.error} />
      <div className={styles.foot}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("shared:action.save")}
        </Button>
        <Button
          loading={attempt.isPending}
          onClick={() => void attempt.mutateAsync().then(() => void message.success(t("notice.tried")), shownInPlace)}
        >
          {t("notice.try")}
        </Button>
      </div>
    </Form>
  );
}

function Matrix({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation("people");
  const label = useLabel();
  return (
    <table className={styles.matrix}>
      <caption className="visually-hidden">{t("notice.settings")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("notice.kind")}</th>
          {settings.channels.map((channel) => (
            <th key={channel} scope="col">
              {t(`notice.channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {settings.events.map((event) => (
          <tr key={event.code}>
            <th scope="row">{label(event.name)}</th>
            <Form.Item name={["channels", event.code]} noStyle>
              <ChannelCells channels={settings.channels} name={label(event.name)} />
            </Form.Item>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellsProps {
  channels: string[];
  name: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** The boxes of one kind of notice: by which channels it arrives. */
function ChannelCells({ channels, name, value = [], onChange }: CellsProps) {
  const { t } = useTranslation("people");
  return channels.map((channel) => (
    <td key={channel}>
      <Checkbox
        aria-label={`${name} · ${t(`notice.channel.${channel}`)}`}
        checked={value.includes(channel)}
        onChange={(event) => onChange?.(event.target.checked ? [...value, channel] : value.filter((one) => one !== channel))}
      />
    </td>
  ));
}
