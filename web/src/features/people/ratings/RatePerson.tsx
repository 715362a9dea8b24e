import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FormError } from "@/shared/ui/FormError";
import { PersonPhoto } from "../map/PersonPhoto";
import { useRate, type Rating } from "./api";
import styles from "./ratings.module.css";

const MARKS = [1, 2, 3, 4, 5];

/** One colleague, with each duty I rely on; a mark is saved when it is chosen, a comment when it is left. */
export function RatePerson({ ratings }: { ratings: Rating[] }) {
  const person = ratings[0]?.person;
  if (!person) return null;
  return (
    <article className={styles.person}>
      <div className={styles.who}>
        <PersonPhoto person={person} size={40} />
        <span>
          <Link to={`/people/${person.id}`}>{person.name}</Link>
          <span className={styles.sub}>{person.title}</span>
        </span>
      </div>
      {ratings.map((one) => <RateDuty key={one.id} one={one} />)}
    </article>
  );
}

function RateDuty({ one }: { one: Rating }) {
  const { t } = useTranslation(["people", "shared"]);
  const rate = useRate();
  const [comment, setComment] = useState(one.comment);
  const [mark, setMark] = useState(one.mark);
  const save = (next: { mark: number | null; comment: string }) => rate.mutate({ id: one.id, ...next });
  const choose = (next: number | null) => {
    setMark(next);
    if (next === null) setComment("");
    save({ mark: next, comment: next === null ? "" : comment });
  };
  return (
    <div className={styles.duty}>
      <div>
        <strong>{one.duty}</strong>
        {one.statement && <span className={styles.sub}>{one.statement}</span>}
      </div>
      <div className={styles.choice}>
        <Radio.Group
          aria-label={t("rating.mark_of", { name: one.person.name, duty: one.duty })}
          optionType="button"
          value={mark}
          onChange={(event) => choose(event.target.value as number)}
          options={MARKS.map((value) => ({ value, label: value, title: t(`rating.marks.${value}`) }))}
        />
        <span className={styles.sub} role="status">{rate.isPending ? t("shared:state.working") : mark ? t(`rating.marks.${mark}`) : t("rating.not_yet")}</span>
        {mark !== null && <Button type="link" size="small" onClick={() => choose(null)}>{t("rating.take_back")}</Button>}
      </div>
      {mark !== null && (
        <Input.TextArea
          aria-label={t("rating.comment_on", { name: one.person.name, duty: one.duty })}
          placeholder={t("rating.comment")}
          maxLength={1000}
          autoSize={{ minRows: 1, maxRows: 5 }}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          onBlur={() => comment.trim() !== one.comment && save({ mark, comment })}
        />
      )}
      <FormError error={rate.error} />
    </div>
  );
}
