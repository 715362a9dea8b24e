import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { FormDialog } from "@/shared/ui/FormDialog";
import { IDENTIFIER_KINDS, useIdentifiers, useRefreshProfile, writeIdentifiers, type IdentifierIn } from "./api";
import { ListBlock } from "./ListBlock";
import styles from "./profile.module.css";

/** The numbers by which authorities and other systems know a customer. */
export function IdentifiersBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const identifiers = useIdentifiers(customerId);
  const mayEdit = useCan(CAN.editCustomers);
  const refresh = useRefreshProfile();
  const [at, setAt] = useState<number | null>(null);
  const items = (identifiers.data?.items ?? []) as IdentifierIn[];
  const version = identifiers.data?.version ?? "";
  const save = (entered: IdentifierIn, place: number) => {
    const all = [...items];
    all[place] = { ...entered, source: entered.kind === "external" ? entered.source : "" };
    return writeIdentifiers(customerId, all, version, place);
  };
  const drop = (place: number) => void writeIdentifiers(customerId, items.filter((_, n) => n !== place), version).finally(refresh);
  const dialog = at !== null && (
        <FormDialog<IdentifierIn>
          open
          title={items[at] ? t("identifier.change") : t("identifier.new")}
          initial={items[at] ?? { kind: "credit_code", source: "", value: "" }}
          save={(entered) => save(entered, at)}
          onSaved={refresh}
          onClose={() => setAt(null)}
        >
          <Form.Item name="kind" label={t("identifier.kind")}>
            <Select options={IDENTIFIER_KINDS.map((value) => ({ value, label: t(`identifier.kinds.${value}`) }))} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: IdentifierIn, after: IdentifierIn) => before.kind !== after.kind}>
            {(form) =>
              form.getFieldValue("kind") === "external" && (
                <Form.Item name="source" label={t("identifier.source")} rules={[{ required: true, whitespace: true, message: t("identifier.source_missing") }]}>
                  <Input maxLength={50} autoComplete="off" />
                </Form.Item>
              )
            }
          </Form.Item>
          <Form.Item name="value" label={t("identifier.value")} rules={[{ required: true, whitespace: true, message: t("identifier.value_missing") }]}>
            <Input autoFocus maxLength={120} autoComplete="off" className={styles.code} />
          </Form.Item>
        </FormDialog>
      );
  return (
    <ListBlock title={t("identifier.block")} none={t("identifier.none")} query={identifiers} empty={items.length === 0} onAdd={() => setAt(items.length)} dialog={dialog}>
      <ul className={styles.list}>
        {items.map((one, place) => (
          <li key={`${one.kind} ${one.source} ${one.value}`} className={styles.item}>
            <span className={styles.text}>
              <span className={styles.under}>{one.kind === "external" ? t("identifier.at", { source: one.source }) : t(`identifier.kinds.${one.kind}`)}</span>
              <br />
              <span className={styles.code}>{one.value}</span>
            </span>
            {mayEdit && (
              <span className={styles.tools}>
                <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t("shared:action.edit")} ${one.value}`} onClick={() => setAt(place)} />
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t("shared:action.delete")} ${one.value}`} onClick={() => drop(place)} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </ListBlock>
  );
}
