import { useTranslation } from "react-i18next";
import { GRADES, type Standing } from "@/shared/api/types";
import { isCondition, isDirect, narrowed, type Condition } from "@/shared/filter/filter";
import type { ListControl } from "@/shared/list/useListState";
import { useGradeName } from "@/shared/ui/Grade";
import styles from "./list.module.css";

const STANDINGS: Standing[] = [...GRADES, "prospect"];

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
    list.set({ filter: narrowed(list.filter, "grade", "in", next) });
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
