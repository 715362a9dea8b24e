import { DeleteOutlined } from "@ant-design/icons";
import { Button, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { EmptyState } from "@/shared/ui/states";
import styles from "../quality.module.css";
import { useCustomerFields } from "../rules/api";
import { useAskable, type Important } from "./api";
import type { Edited } from "./Numbers";

/** What a record should have, and of which customers it is asked. */
export function ImportantFields({ document, set }: Edited) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  const askable = useAskable();
  const fields = useCustomerFields();
  const rows = document.important as Important[];
  const change = (place: number, changes: Partial<Important>) => set({ important: rows.map((one, at) => (at === place ? { ...one, ...changes } : one)) });
  const known = askable.data ?? [];
  const name = (code: string) => {
    const found = known.find((one) => one.code === code);
    return found ? label(found.label) : code;
  };
  const choices = (code: string) => (fields.data?.find((one) => one.code === code)?.choices ?? []).map((one) => ({ value: one.value, label: label(one.label) }));
  const several = (place: number, row: Important, part: "grades" | "stages") => (
    <Select
      mode="multiple"
      allowClear
      aria-label={`${t(`setup.${part}`)} · ${name(row.code)}`}
      style={{ minWidth: 150, width: "100%" }}
      maxTagCount="responsive"
      placeholder={t("setup.every")}
      value={row[part] as string[]}
      options={choices(part === "grades" ? "grade" : "stage")}
      onChange={(value: string[]) => change(place, { [part]: value })}
    />
  );
  return (
    <>
      <p className={styles.intro}>{t("setup.important_about")}</p>
      <ScrollTable<Important & { place: number }>
        aria-label={t("setup.important")}
        size="small"
        rowKey="place"
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={rows.map((one, place) => ({ ...one, place }))}
        locale={{ emptyText: <EmptyState title={t("setup.none")} /> }}
        columns={[
          { key: "code", title: t("setup.field"), render: (_, one) => name(one.code) },
          { key: "weight", title: t("setup.weight"), render: (_, one) => <InputNumber aria-label={`${t("setup.weight")} · ${name(one.code)}`} min={1} max={10} precision={0} style={{ width: 72 }} value={one.weight} onChange={(value) => change(one.place, { weight: value ?? 1 })} /> },
          { key: "kind", title: t("setup.kind"), render: (_, one) => <Select aria-label={`${t("setup.kind")} · ${name(one.code)}`} style={{ minWidth: 110 }} value={one.kind} options={[{ value: "", label: t("setup.every") }, ...choices("kind")]} onChange={(kind: Important["kind"]) => change(one.place, { kind })} /> },
          { key: "grades", title: t("setup.grades"), render: (_, one) => several(one.place, one, "grades") },
          { key: "stages", title: t("setup.stages"), render: (_, one) => several(one.place, one, "stages") },
          { key: "remove", title: "", align: "right", render: (_, one) => <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("setup.remove", { field: name(one.code) })} onClick={() => set({ important: rows.filter((_row, at) => at !== one.place) })} /> },
        ]}
      />
      <Select
        aria-label={t("setup.add")}
        placeholder={t("setup.add")}
        style={{ minWidth: 240, marginTop: 12 }}
        showSearch={{ optionFilterProp: "label" }}
        value={null}
        options={known.map((one) => ({ value: one.code, label: label(one.label) }))}
        onChange={(code: string | null) => code && set({ important: [...rows, { code, weight: 1, kind: "", grades: [], stages: [] }] })}
      />
    </>
  );
}
