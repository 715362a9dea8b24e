import { Alert, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import type { Field } from "@/shared/api/types";
import type { Preview, Words as Chosen } from "../api";
import styles from "../integration.module.css";

interface Props {
  preview: Preview;
  fields: Field[];
  change: (words: Chosen) => void;
}

/** What the words of the file stand for, where they are not those of the choices; remembered for the next file. */
export function Words({ preview, fields, change }: Props) {
  const { t } = useTranslation("integration");
  const label = useLabel();
  const { words, unknown_words: unknown } = preview;
  const shown = fields.filter(({ code }) => code in words || code in unknown);
  if (shown.length === 0) return null;
  const open = Object.values(unknown).some((several) => several.length > 0);
  const put = (field: string, word: string, value: string | undefined) => {
    const others = Object.entries(words[field] ?? {}).filter(([other]) => other !== word);
    change({ ...words, [field]: Object.fromEntries(value === undefined ? others : [...others, [word, value]]) });
  };
  return (
    <section aria-label={t("words.title")}>
      <h2 className={styles.wordsTitle}>{t("words.title")}</h2>
      {open && <Alert type="info" showIcon title={t("words.why")} style={{ marginBottom: 12 }} />}
      {shown.map((field) => (
        <div key={field.code} className={styles.words}>
          <strong>{label(field.label)}</strong>
          {[...new Set([...Object.keys(words[field.code] ?? {}), ...(unknown[field.code] ?? [])])].map((word) => (
            <div key={word} className={styles.word}>
              <span className={styles.file}>{word}</span>
              <Select
                allowClear
                className={styles.wordChoice}
                showSearch={{ optionFilterProp: "label" }}
                aria-label={t("words.stands_for", { word })}
                placeholder={t("words.bad")}
                value={words[field.code]?.[word]}
                onChange={(value?: string) => put(field.code, word, value)}
                options={(field.choices ?? []).map((choice) => ({ value: choice.value, label: label(choice.label) }))}
              />
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}
