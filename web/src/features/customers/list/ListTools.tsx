import { DownloadOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Popover } from "antd";
import { useTranslation } from "react-i18next";
import { apiUrl } from "@/shared/api/request";
import { GRADES, type Field, type Standing } from "@/shared/api/types";
import { isCondition, withCondition, type Condition, type Group } from "@/shared/filter/filter";
import { useLabel, useLanguage } from "@/shared/i18n/i18n";
import type { ListControl } from "@/shared/list/useListState";
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
  shown: Field[];
  onChange: (codes: string[] | null) => void;
}

/** Which fields are columns; kept in this browser. */
export function ColumnChooser({ fields, shown, onChange }: ColumnsProps) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className={styles.chooser}>
          <Checkbox.Group
            className={styles.columns}
            value={shown.map((field) => field.code)}
            onChange={(codes) => onChange(codes)}
            options={fields.map((field) => ({ value: field.code, label: label(field.label), disabled: field.code === "name" }))}
          />
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
  const href = (format: "csv" | "xlsx") => apiUrl("/customers/export", { format, fields: exportedCodes(shown).join(","), sort: list.sort, language, ...list.scope });
  const item = (format: "csv" | "xlsx", text: string) => ({ key: format, label: <a href={href(format)} download>{text}</a> });
  return (
    <Dropdown trigger={["click"]} menu={{ items: [item("xlsx", t("list.export_xlsx")), item("csv", t("list.export_csv"))] }}>
      <Button icon={<DownloadOutlined />}>{t("shared:action.export")}</Button>
    </Dropdown>
  );
}
