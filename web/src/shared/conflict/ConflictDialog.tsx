import { Modal, Radio } from "antd";
import { useCallback, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../ui/values";
import styles from "./ConflictDialog.module.css";
import type { Choice, Choices, Conflict } from "./conflicts";

export interface Words {
  label: (field: string) => string;
  value: (field: string, value: unknown) => ReactNode;
}

interface Asked {
  conflicts: Conflict[];
  answer: (choices: Choices | null) => void;
}

/** Asks which value to keep, field by field; the promise answers null when nothing is to be saved. */
export function useConflicts(words: Words): { ask: (conflicts: Conflict[]) => Promise<Choices | null>; dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback((conflicts: Conflict[]) => new Promise<Choices | null>((answer) => setAsked({ conflicts, answer })), []);
  const end = (choices: Choices | null) => {
    asked?.answer(choices);
    setAsked(null);
  };
  return { ask, dialog: asked && <ConflictDialog conflicts={asked.conflicts} words={words} onEnd={end} /> };
}

interface Props {
  conflicts: Conflict[];
  words: Words;
  onEnd: (choices: Choices | null) => void;
}

function ConflictDialog({ conflicts, words, onEnd }: Props) {
  const { t } = useTranslation("shared");
  const [choices, setChoices] = useState<Choices>({});
  const decided = conflicts.every(({ field }) => field in choices);
  const all = (choice: Choice) => setChoices(Object.fromEntries(conflicts.map(({ field }) => [field, choice])));
  return (
    <Modal
      open
      width={620}
      title={t("conflict.title")}
      okText={t("action.save")}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !decided }}
      onOk={() => onEnd(choices)}
      onCancel={() => onEnd(null)}
      mask={{ closable: false }}
    >
      <p className={styles.why}>{t("conflict.why")}</p>
      {conflicts.length > 1 && (
        <p>
          <button type="button" className={styles.all} onClick={() => all("mine")}>{t("conflict.all_mine")}</button>
          <button type="button" className={styles.all} onClick={() => all("current")}>{t("conflict.all_current")}</button>
        </p>
      )}
      {conflicts.map((conflict) => (
        <fieldset key={conflict.field} className={styles.field}>
          <legend>{words.label(conflict.field)}</legend>
          <Radio.Group value={choices[conflict.field] ?? null} onChange={(event) => setChoices({ ...choices, [conflict.field]: event.target.value as Choice })} className={styles.sides}>
            <Radio value="mine">
              <span className={styles.side}>{t("conflict.mine")}</span> {words.value(conflict.field, conflict.mine)}
            </Radio>
            <Radio value="current">
              <span className={styles.side}>{t("conflict.current")}</span> {words.value(conflict.field, conflict.current)}
              <span className={styles.by}>
                {conflict.by} {conflict.at && <RelativeTime value={conflict.at} />}
              </span>
            </Radio>
          </Radio.Group>
          <div className={styles.original}>
            <span className={styles.side}>{t("conflict.original")}</span> {words.value(conflict.field, conflict.original)}
          </div>
        </fieldset>
      ))}
    </Modal>
  );
}
