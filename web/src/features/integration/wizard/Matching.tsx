import { Form, Input, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { ADDED, type Preview } from "../api";
import styles from "../integration.module.css";
import type { Draft } from "./draft";
import type { StepProps } from "./step";

/** By what a row's customer is known, whether records are made or changed, and what an empty cell means. */
export function Matching({ draft, change, keys, suggested }: Pick<StepProps, "draft" | "change"> & { keys: Preview["match_keys"]; suggested: string }) {
  const { t } = useTranslation("integration");
  const label = useLabel();
  const customers = draft.kind === "customers";
  const added = ADDED.includes(draft.kind);
  return (
    <Form layout="vertical" className={styles.matching}>
      {keys.length > 0 && (
        <Form.Item label={t(customers ? "matching.same" : "matching.names")} extra={t("matching.hint")} htmlFor="import-match">
          <Select
            id="import-match"
            showSearch={{ optionFilterProp: "label" }}
            value={draft.match_by ?? suggested}
            onChange={(match_by) => change({ match_by })}
            options={keys.map((key) => ({ value: key.code, label: label(key.label) }))}
          />
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
