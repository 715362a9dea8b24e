import { Form, Input, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { ADDED, type Preview } from "../api";
import styles from "../integration.module.css";
import type { Draft } from "./draft";
import type { StepProps } from "./step";

type ContactKey = "source_key" | "record" | "phone" | "email" | "name";

/** By what a row's customer, and of a file of contacts the contact, is known; whether records are made or changed, and what an empty cell means. */
export function Matching({ draft, change, preview }: Pick<StepProps, "draft" | "change"> & { preview: Preview }) {
  const { t } = useTranslation("integration");
  const customers = draft.kind === "customers";
  const contactBy = draft.contact_by ?? preview.contact_by;
  const added = ADDED.includes(draft.kind);
  return (
    <Form layout="vertical" className={styles.matching}>
      {preview.contact_keys.length > 0 && (
        <Form.Item label={t("matching.same_contact")} extra={t(`matching.contact_hint.${contactBy as ContactKey}`)} htmlFor="import-contact">
          <KeyChoice id="import-contact" keys={preview.contact_keys} value={contactBy} choose={(contact_by) => change({ contact_by })} />
        </Form.Item>
      )}
      {preview.match_keys.length > 0 && (
        <Form.Item label={t(customers ? "matching.same" : "matching.names")} extra={t("matching.hint")} htmlFor="import-match">
          <KeyChoice id="import-match" keys={preview.match_keys} value={draft.match_by ?? preview.match_by} choose={(match_by) => change({ match_by })} />
        </Form.Item>
      )}
      {draft.match_by === "external" && (
        <Form.Item label={t("matching.system")} extra={t("matching.system_hint")} htmlFor="import-system">
          <Input id="import-system" maxLength={50} value={draft.customer_source ?? ""} placeholder={draft.source} onChange={(event) => change({ customer_source: event.target.value || null })} />
        </Form.Item>
      )}
      {draft.kind !== "transaction_lines" && !added && (
        <Form.Item label={t("matching.mode")} extra={t(`matching.mode_hint.${draft.mode}`)}>
          <Segmented
            aria-label={t("matching.mode")}
            value={draft.mode}
            onChange={(mode) => change({ mode: mode as Draft["mode"] })}
            options={(["both", "create", "update"] as const).map((value) => ({ value, label: t(`matching.modes.${value}`) }))}
          />
        </Form.Item>
      )}
      {draft.mode !== "create" && !added && (
        <Form.Item label={t("matching.empty")} extra={t(`matching.empty_hint.${draft.empty_cells}`)}>
          <Segmented
            aria-label={t("matching.empty")}
            value={draft.empty_cells}
            onChange={(empty_cells) => change({ empty_cells: empty_cells as Draft["empty_cells"] })}
            options={(["keep", "clear"] as const).map((value) => ({ value, label: t(`matching.empties.${value}`) }))}
          />
        </Form.Item>
      )}
    </Form>
  );
}

function KeyChoice({ id, keys, value, choose }: { id: string; keys: Preview["match_keys"]; value: string; choose: (code: string) => void }) {
  const label = useLabel();
  return <Select id={id} showSearch={{ optionFilterProp: "label" }} value={value} onChange={choose} options={keys.map((key) => ({ value: key.code, label: label(key.label) }))} />;
}
