import { CloseOutlined, DownOutlined, DownloadOutlined, SettingOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Dropdown, Popover } from "antd";
import { useTranslation } from "react-i18next";
import { apiUrl } from "@/shared/api/request";
import { GRADES, type Field, type Standing } from "@/shared/api/types";
import { isCondition, withCondition, type Condition, type Group } from "@/shared/filter/filter";
import { FieldSelect } from "@/shared/filter/FieldSelect";
import { useLabel, useLanguage } from "@/shared/i18n/i18n";
import { EXPORT_FORMS, exportForms, type ExportForm } from "@/shared/list/exportForms";
import type { ListControl } from "@/shared/list/useListState";
import { shifted, withCodes, type Column } from "@/shared/table/layout";
import { useGradeName } from "@/shared/ui/Grade";
import styles from "./list.module.css";
import { exportedCodes } from "./fields";

const STANDINGS: Standing[] = [...GRADES, "prospect"];

/** Whether each condition of the filter must hold. */
export const isDirect = (filter: Group) => !filter.not && (filter.mode === "all" || filter.conditions.length <= 1);

/** Whether the grade buttons show this condition. */
export const isGradeChoice = ({ field, op }: Condition) => field === "grade" && (op === "in" || op === "eq");

/** One touch to each grade: the grades chosen here are the list's condition on the grade. */
export function GradeFilter({ list }: { list: ListControl }) {
  const { t } = useTranslation("customers");
  const name = useGradeName();
  const condition = isDirect(list.filter) ? list.filter.conditions.filter(isCondition).find(isGradeChoice) : undefined;
  const chosen = condition ? ([condition.value].flat() as Standing[]) : [];
  const toggle = (grade: Standing) => {
    const next = chosen.includes(grade) ? chosen.filter((one) => one !== grade) : [...chosen, grade];
    // Grades narrow a filter that is turned round, or of which any part may hold, from outside.
    const base: Group = isDirect(list.filter) ? { ...list.filter, mode: "all" } : { mode: "all", conditions: [list.filter] };
    list.set({ filter: withCondition(base, "grade", "in", next) });
  };
  return (
    <div className={styles.grades} role="group" aria-label={t("list.by_grade")}>
      {STANDINGS.map((grade) => (
        <button key={grade} type="button" className={styles.grade} data-grade={grade} aria-pressed={chosen.includes(grade)} onClick={() => toggle(grade)}>
          {name(grade)}
        </button>
      ))}
    </div>
  );
}

interface ColumnsProps {
  fields: Field[];
  columns: Column[];
  onChange: (columns: Column[] | null) => void;
}

/** Which fields are columns, and in which order. */
export function ColumnChooser({ fields, columns, onChange }: ColumnsProps) {
  const { t } = useTranslation(["customers", "shared"]);
  const label = useLabel();
  const named = (code: string) => label(fields.find((field) => field.code === code)?.label) || code;
  const codes = columns.map((column) => column.code);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className={styles.chooser}>
          <FieldSelect fields={fields.filter((field) => !codes.includes(field.code))} value={null} placeholder={t("list.add_column")} onChange={(code) => onChange(withCodes(columns, [...codes, code]))} />
          <ol className={styles.columns}>
            {columns.map(({ code }, at) => (
              <li key={code}>
                <span>{named(code)}</span>
                <Button size="small" type="text" icon={<UpOutlined />} aria-label={t("list.column_up", { name: named(code) })} disabled={at <= 1} onClick={() => onChange(shifted(columns, code, -1))} />
                <Button size="small" type="text" icon={<DownOutlined />} aria-label={t("list.column_down", { name: named(code) })} disabled={at === 0 || at === columns.length - 1} onClick={() => onChange(shifted(columns, code, 1))} />
                <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t("list.column_hide", { name: named(code) })} disabled={code === "name"} onClick={() => onChange(withCodes(columns, codes.filter((one) => one !== code)))} />
              </li>
            ))}
          </ol>
          <Button type="link" size="small" onClick={() => onChange(null)}>
            {t("list.usual_columns")}
          </Button>
        </div>
      }
    >
      <Button icon={<SettingOutlined />}>{t("list.columns")}</Button>
    </Popover>
  );
}

/** The list as a file: the same rows in the same order with the columns shown. */
export function ExportButton({ list, shown }: { list: ListControl; shown: Field[] }) {
  const { t } = useTranslation(["customers", "shared"]);
  const language = useLanguage();
  const href = (form: ExportForm) => apiUrl("/customers/export", { ...EXPORT_FORMS[form], fields: exportedCodes(shown).join(","), sort: list.sort, language, ...list.scope });
  const items = exportForms.map((form) => ({ key: form, label: <a href={href(form)} download>{t(`list.export_${form}`)}</a> }));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button icon={<DownloadOutlined />}>{t("shared:action.export")}</Button>
    </Dropdown>
  );
}
