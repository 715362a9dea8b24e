import { Alert, Form, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { STANDINGS, type Standing } from "@/shared/api/types";
import { ScrollTable } from "@/shared/table/ScrollTable";
import { GradeBadge, useGradeName } from "@/shared/ui/Grade";
import styles from "../quality.module.css";
import { PARTS, pointsOf, type Document } from "./api";

export interface Edited {
  document: Document;
  set: (changes: Partial<Document>) => void;
}

/** How many of the 100 points each part can cost. */
export function Weights({ document, set }: Edited) {
  const { t } = useTranslation("quality");
  const sum = pointsOf(document);
  return (
    <section>
      <h3 className={styles.heading}>{t("setup.weights")}</h3>
      <p className={styles.intro}>{t("setup.weights_about")}</p>
      {PARTS.map((part) => (
        <Form.Item key={part} label={t(`part.${part}`)} htmlFor={`weight-${part}`} extra={t(`setup.weight_of.${part}`)} layout="vertical" style={{ marginBottom: 12 }}>
          <InputNumber id={`weight-${part}`} min={0} max={100} precision={0} value={document[part]} onChange={(value) => set({ [part]: value ?? 0 })} />
        </Form.Item>
      ))}
      {sum !== 100 && <Alert type="warning" showIcon title={t("setup.sum", { sum })} />}
    </section>
  );
}

type Days = "fresh_days" | "stale_days";

/** After how many days a record costs points: usually, and otherwise for single grades. */
export function Freshness({ document, set }: Edited) {
  const { t } = useTranslation("quality");
  const gradeName = useGradeName();
  const own = document.fresh_of as Partial<Record<Standing, Record<Days, number>>>;
  const usual = { fresh_days: document.fresh_days, stale_days: document.stale_days };
  const change = (grade: Standing | null, days: Days, value: number | null) => {
    if (grade === null) return set({ [days]: value ?? usual[days] });
    const next = { ...own };
    if (value === null) delete next[grade];
    else next[grade] = { ...usual, ...own[grade], [days]: value };
    set({ fresh_of: next as Document["fresh_of"] });
  };
  const cell = (grade: Standing | null, days: Days) => (
    <InputNumber
      aria-label={`${t(`setup.${days}`)} · ${grade ? gradeName(grade) : t("setup.usual")}`}
      min={days === "fresh_days" ? 0 : 1}
      max={10_000}
      precision={0}
      suffix={t("setup.days")}
      style={{ width: 120 }}
      value={grade ? (own[grade]?.[days] ?? null) : usual[days]}
      placeholder={grade ? String(usual[days]) : undefined}
      onChange={(value) => change(grade, days, value)}
    />
  );
  return (
    <section>
      <h3 className={styles.heading}>{t("setup.freshness")}</h3>
      <p className={styles.intro}>{t("setup.by_grade")}</p>
      <ScrollTable<{ grade: Standing | null }>
        aria-label={t("setup.freshness")}
        size="small"
        rowKey={(one) => one.grade ?? "usual"}
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={[{ grade: null }, ...STANDINGS.map((grade) => ({ grade }))]}
        columns={[
          { key: "grade", title: t("setup.grades"), render: (_, { grade }) => (grade ? <GradeBadge grade={grade} /> : t("setup.usual")) },
          { key: "fresh", title: t("setup.fresh_days"), render: (_, { grade }) => cell(grade, "fresh_days") },
          { key: "stale", title: t("setup.stale_days"), render: (_, { grade }) => cell(grade, "stale_days") },
        ]}
      />
    </section>
  );
}

/** What counts as nothing entered. */
export function Words({ document, set }: Edited) {
  const { t } = useTranslation("quality");
  return (
    <>
      <p className={styles.intro}>{t("setup.words_about")}</p>
      <Select mode="tags" aria-label={t("setup.words")} style={{ width: "100%" }} value={document.nonsense} onChange={(nonsense: string[]) => set({ nonsense })} tokenSeparators={[",", "，", "、"]} open={false} suffix={null} />
    </>
  );
}
