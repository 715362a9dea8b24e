import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FilterInput } from "@/shared/filter/FilterInput";
import { useRelatedKinds } from "@/shared/filter/related";
import { useFilterText } from "@/shared/filter/useFilterText";
import { customersOf } from "../components/links";
import { useCustomerFields, usePopulationCount } from "../api";
import type { Population } from "../types";
import type { EditProps } from "./IndicatorTable";
import { conditionsOf, filterOf, groupOf, withPart } from "./population";
import styles from "./model.module.css";

const KINDS = ["", "organisation", "person"] as const;

/** Whom the model grades: by kind, and by conditions as lists have them; with how many these are. */
export function PopulationEditor({ document, onChange, readOnly }: EditProps) {
  const { t } = useTranslation("value");
  const fields = useCustomerFields();
  const related = useRelatedKinds("customers");
  const { text } = useFilterText(fields.data ?? [], related.data ?? []);
  const population = document.population ?? {};
  const filter = filterOf(population);
  const group = groupOf(filter);
  const count = usePopulationCount(conditionsOf(population));
  const change = (part: Partial<Population>) => onChange({ ...document, population: withPart(population, part) });
  return (
    <div className={styles.population}>
      <div className={styles.bands}>
        <Select<(typeof KINDS)[number]>
          aria-label={t("population.kind")} disabled={readOnly} value={population.kind ?? ""} popupMatchSelectWidth={false}
          onChange={(kind) => change({ kind: kind || undefined })}
          options={KINDS.map((kind) => ({ value: kind, label: t(`population.kinds.${kind || "every"}`) }))}
        />
        {!readOnly && <FilterInput kind="customers" fields={fields.data} empty={t("population.make")} value={filter} onChange={(next) => change({ filter: next ? JSON.stringify(next) : undefined })} />}
        {count.data && <Link to={customersOf(population)}>{t("population.customers", { count: count.data.count })}</Link>}
      </div>
      {population.source && <p className={styles.hint}>{t("population.source", { sources: population.source.join(", ") })}</p>}
      {group && fields.data && <p className={styles.said}>{text(group)}</p>}
      <p className={styles.hint}>{t("population.hint")}</p>
    </div>
  );
}
