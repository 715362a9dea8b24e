import { Alert, AutoComplete, Button, Form, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { Panel } from "@/shared/ui/PageHeader";
import { KINDS, NAMING_CUSTOMERS, useSources } from "../api";
import styles from "../integration.module.css";
import { byTemplate, type Draft } from "./draft";
import { Feet } from "./Feet";
import { ChooseTemplate } from "./Templates";
import type { StepProps } from "./step";

const ENCODINGS = ["utf-8", "utf-16", "gb18030", "windows-1252"];
const DELIMITERS = [",", ";", "\t", "|", "，", "^"];

/** What the file holds, where it comes from, and how it is to be read. */
export function ContentStep({ draft, change, back, next }: StepProps<Draft>) {
  const { t } = useTranslation(["integration", "shared"]);
  const format = useFormat();
  const sources = useSources().data ?? [];
  const [asked, setAsked] = useState(false);
  const { upload } = draft;
  const text = upload.delimiter !== null || upload.encoding !== null;
  const with_ = (known: string[], value: string | null) => (value && !known.includes(value) ? [value, ...known] : known);
  return (
    <Panel>
      {upload.remembered && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t("content.remembered", { whose: t(upload.remembered.own ? "content.by_me" : "content.by_colleague"), date: format.date(upload.remembered.at) })}
        />
      )}
      <Form layout="vertical" className={styles.form}>
        <ChooseTemplate onChoose={(template) => change(byTemplate(draft, template))} />
      </Form>
      <Form layout="vertical" className={styles.form} onFinish={() => (draft.source.trim() && draft.kind ? next() : setAsked(true))}>
        <Form.Item label={t("content.kind")} extra={draft.kind && t(`kind_hint.${draft.kind}`)} required htmlFor="import-kind" validateStatus={draft.kind ? undefined : asked ? "error" : "warning"} help={asked && !draft.kind ? t("content.kind_missing") : undefined}>
          <Select id="import-kind" value={draft.kind} placeholder={t("content.kind_first")} onChange={(kind) => change({ kind })} options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} />
        </Form.Item>
        <Form.Item label={t("content.source")} extra={t("content.source_hint")} required htmlFor="import-source" validateStatus={draft.source.trim() ? undefined : asked ? "error" : "warning"} help={asked && !draft.source.trim() ? t("content.source_missing") : undefined}>
          <AutoComplete id="import-source" value={draft.source} onChange={(source) => change({ source })} options={sources.map((value) => ({ value }))} placeholder={t("content.source_example")} maxLength={50} autoFocus={!draft.source} />
        </Form.Item>
        {draft.kind && NAMING_CUSTOMERS.includes(draft.kind) && (
          <Form.Item label={t("content.unknown_customers")}>
            <Radio.Group
              value={draft.unknown_customers}
              onChange={(event) => change({ unknown_customers: event.target.value as "create" | "refuse" })}
              options={[{ value: "create", label: t("content.create") }, { value: "refuse", label: t("content.refuse") }]}
            />
          </Form.Item>
        )}
        <div className={styles.two}>
          {text && (
            <>
              <Form.Item label={t("content.encoding")} htmlFor="import-encoding">
                <Select id="import-encoding" value={draft.encoding} onChange={(encoding) => change({ encoding })} options={with_(ENCODINGS, draft.encoding).map((value) => ({ value, label: value.toUpperCase() }))} />
              </Form.Item>
              <Form.Item label={t("content.delimiter")} htmlFor="import-delimiter">
                <Select id="import-delimiter" value={draft.delimiter} onChange={(delimiter) => change({ delimiter })} options={with_(DELIMITERS, draft.delimiter).map((value) => ({ value, label: t(`delimiter.${nameOf(value)}`, { defaultValue: value }) }))} />
              </Form.Item>
            </>
          )}
          {upload.sheet_names.length > 1 && (
            <Form.Item label={t("content.sheet")} htmlFor="import-sheet">
              <Select id="import-sheet" value={draft.sheet} onChange={(sheet) => change({ sheet })} options={upload.sheet_names.map((value) => ({ value, label: value }))} />
            </Form.Item>
          )}
        </div>
        {draft.sheet === upload.sheet && (
          <p className={styles.hint}>
            {t("content.detected", { columns: upload.columns.length, rows: format.number(upload.rows_estimate), size: format.bytes(upload.size) })}
          </p>
        )}
        <Feet back={back} why={!draft.kind ? t("content.kind_missing") : !draft.source.trim() && t("content.source_first")}>
          <Button type="primary" htmlType="submit">
            {t("shared:action.next")}
          </Button>
        </Feet>
      </Form>
    </Panel>
  );
}

function nameOf(delimiter: string): string {
  return { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" }[delimiter] ?? delimiter;
}
