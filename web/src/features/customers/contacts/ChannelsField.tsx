import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { CHANNEL_KINDS, CHANNEL_LABELS, VALIDITIES, type Channel, type ChannelIn } from "./api";
import styles from "./contacts.module.css";

/** What a form holds of channels that were read. */
export const toItems = (ways: Channel[]): ChannelIn[] =>
  ways.map(({ kind, value, label, validity, validity_reason, is_primary }) => ({ kind, value, label, validity, validity_reason, is_primary }) as ChannelIn);

/** Several phones, e-mails and the like; the first of each kind is the primary one. */
export function ChannelsField() {
  const { t } = useTranslation(["customers", "shared"]);
  const options = (values: readonly string[], words: string) => values.map((value) => ({ value, label: t(`channel.${words}.${value}`) }));
  return (
    <Form.List name="channels">
      {(fields, { add, remove }) => (
        <div role="group" aria-label={t("channel.title")}>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.row}>
              <Form.Item name={[name, "kind"]}>
                <Select aria-label={t("channel.kind_of")} options={options(CHANNEL_KINDS, "kind")} />
              </Form.Item>
              <Form.Item name={[name, "value"]} rules={[{ required: true, whitespace: true, message: t("channel.value_missing") }]}>
                <Input aria-label={t("channel.value")} placeholder={t("channel.value")} maxLength={254} autoComplete="off" />
              </Form.Item>
              <Form.Item name={[name, "label"]}>
                <Select aria-label={t("channel.label_of")} options={[{ value: "", label: t("channel.no_label") }, ...options(CHANNEL_LABELS, "label")]} />
              </Form.Item>
              <Form.Item name={[name, "validity"]}>
                <Select aria-label={t("channel.validity_of")} options={options(VALIDITIES, "validity")} />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t("shared:action.delete")} onClick={() => remove(name)} />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ kind: "phone", value: "", label: "", validity: "unknown" })}>
            {t("channel.add")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** The first of its kind is primary, as the list is shown. */
export const toWire = (items: ChannelIn[] | undefined): ChannelIn[] =>
  (items ?? []).map((item, at, all) => ({ ...item, is_primary: all.findIndex((other) => other.kind === item.kind) === at }));
