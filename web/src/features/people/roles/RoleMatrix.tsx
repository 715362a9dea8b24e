import { Input, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import type { RoleChoices } from "../api";
import type { PartProps } from "./draft";
import styles from "./roles.module.css";

type Props = PartProps & { choices: RoleChoices };

/** Whose records are seen, of customers and, narrower, of single kinds. */
export function ReachMatrix({ draft, choices, fixed, change }: Props) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const options = choices.reaches.map((reach) => ({ value: reach, label: t(`reach.${reach}`) }));
  const narrower = options.slice(0, choices.reaches.indexOf(draft.reach));
  const set = (kind: string, reach: string) => {
    if (kind === "customers") return change({ reach });
    const rest = Object.fromEntries(Object.entries(draft.reaches).filter(([name]) => name !== kind));
    change({ reaches: reach ? { ...rest, [kind]: reach } : rest });
  };
  return (
    <>
      <p className={styles.why}>{t("roles.kinds_why")}</p>
      <Table
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={choices.kinds.filter((kind) => kind.code !== "products")}
        columns={[
          { key: "kind", title: t("roles.name"), render: (_, kind) => label(kind.label) },
          {
            key: "reach", title: t("roles.reach"), width: 300,
            render: (_, kind) => (
              <Select
                aria-label={`${t("roles.reach")}: ${label(kind.label)}`}
                style={{ width: "100%" }}
                disabled={fixed}
                value={kind.code === "customers" ? draft.reach : (draft.reaches[kind.code] ?? "")}
                onChange={(reach: string) => set(kind.code, reach)}
                options={kind.code === "customers" ? options : [{ value: "", label: t("roles.same_as_customers") }, ...narrower]}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** What the role may do with each field that can be kept back, found by name. */
export function FieldMatrix({ draft, choices, fixed, change }: Props) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const [words, setWords] = useState("");
  const all = choices.kinds.flatMap((kind) => kind.fields.map((field) => ({ code: field.code, name: label(field.label), kind: label(kind.label) })));
  const found = all.filter((field) => `${field.kind} ${field.name} ${field.code}`.toLowerCase().includes(words.trim().toLowerCase()));
  const set = (code: string, access: string) => {
    const rest = Object.fromEntries(Object.entries(draft.fields).filter(([name]) => name !== code));
    change({ fields: access === "edit" ? rest : { ...rest, [code]: access } });
  };
  return (
    <>
      <p className={styles.why}>{t("roles.fields_why")}</p>
      <Input.Search allowClear aria-label={t("roles.find_field")} placeholder={t("roles.find_field")} value={words} onChange={(event) => setWords(event.target.value)} className={styles.find} />
      <Table
        size="small"
        rowKey="code"
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={found}
        columns={[
          { key: "field", title: t("roles.fields"), render: (_, field) => <>{field.kind} · {field.name}</> },
          {
            key: "access", title: t("roles.permissions"), width: 160,
            render: (_, field) => (
              <Select
                aria-label={`${field.kind} ${field.name}`}
                style={{ width: "100%" }}
                disabled={fixed}
                value={draft.fields[field.code] ?? "edit"}
                onChange={(access: string) => set(field.code, access)}
                options={choices.access.map((access) => ({ value: access, label: t(`field_access.${access}`) }))}
              />
            ),
          },
        ]}
      />
    </>
  );
}
