import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineItem } from "../api";
import customers from "../customers.module.css";
import { useFieldWords } from "../edit/useFieldWords";

interface Changed {
  field: string;
  before: unknown;
  after: unknown;
}

const FEW = 4;
/** Of these the fields are told by the record itself. */
const WHOLE = ["create", "trash", "restore", "export", "sheet"];

/** What one save changed, each field with what it was and what it became. */
export function ChangeEntry({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("customers");
  const words = useFieldWords();
  const [all, setAll] = useState(false);
  const given = item.detail.changes;
  const changes = WHOLE.includes(item.title) || !Array.isArray(given) ? [] : (given as Changed[]).filter((one) => words.value(one.field, one.before) !== words.value(one.field, one.after));
  const shown = all ? changes : changes.slice(0, FEW);
  return (
    <>
      <span className={customers.kind}>{t(`timeline.action.${item.title}`, { defaultValue: t("timeline.action.update") })}</span>
      {shown.length > 0 && (
        <ul className={customers.changes}>
          {shown.map((one) => (
            <li key={one.field}>
              <span className={customers.kind}>{words.label(one.field)}</span>
              {one.before !== null && one.before !== "" && <s className={customers.before}>{words.value(one.field, one.before)}</s>} <span aria-hidden>→</span> {words.value(one.field, one.after)}
            </li>
          ))}
        </ul>
      )}
      {changes.length > shown.length && <Button type="link" size="small" onClick={() => setAll(true)}>{t("timeline.more", { count: changes.length - shown.length })}</Button>}
    </>
  );
}
