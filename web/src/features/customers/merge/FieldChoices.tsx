import { Button, Radio } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText } from "@/shared/table/fieldColumns";
import { GradeBadge } from "@/shared/ui/Grade";
import { SourceText } from "@/shared/ui/SourceText";
import { DateText } from "@/shared/ui/values";
import { FieldInput } from "../edit/FieldInput";
import { PLACES, type Choices, type MergePreview, type SideBySide, type What } from "./api";
import { allFrom, chosenOf, inOrder, isEmpty, ownOf } from "./choices";
import styles from "./merge.module.css";

interface Props {
  what: What;
  preview: MergePreview;
  choices: Choices;
  onChoices: (choices: Choices) => void;
  onSurvivor: (id: number) => void;
  /** What was wrong with a value of one's own, by field. */
  wrong: Record<string, string>;
  /** Records in columns; on a phone the records of a field stand below each other. */
  wide: boolean;
}

type Shown = (one: SideBySide, place: number) => ReactNode;

export function FieldChoices(props: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const label = useLabel();
  const [all, setAll] = useState(false);
  const { differing, others } = inOrder(props.preview.fields);
  const rows = all ? [...differing, ...others] : differing;
  const words = { yes: t("shared:yes"), no: t("shared:no") };
  const shown: Shown = (one, place) => {
    const value = one.values[place];
    if (Array.isArray(value)) return value.map((part) => <span key={String(part)}>{fieldText(one.field, part, format, label, words)} </span>);
    return <>{fieldText(one.field, value, format, label, words)}{one.field.unit && !isEmpty(value) ? ` ${one.field.unit}` : ""}</>;
  };
  return (
    <>
      {props.wide ? <Columns {...props} rows={rows} shown={shown} /> : <Stacked {...props} rows={rows} shown={shown} />}
      {rows.length === 0 && <p className={styles.muted}>{t(`merge.${props.what}.nothing_differs`)}</p>}
      {others.length > 0 && (
        <Button type="link" className={styles.more} onClick={() => setAll(!all)}>
          {all ? t("merge.only_differing") : t("merge.all_fields", { count: others.length })}
        </Button>
      )}
    </>
  );
}

interface RowsProps extends Props {
  rows: SideBySide[];
  shown: Shown;
}

/** What tells records of one name apart: grade and owner, or where somebody works; where it came from, and when. */
function Whose({ record }: { record: MergePreview["records"][number] }) {
  return (
    <>
      {"positions" in record ? record.positions.map((one) => one.customer.name).join(" · ") : <><GradeBadge grade={record.grade} override={record.override} computed={record.computed_grade} /> {record.owner?.name}</>}
      <span className={styles.whose}>
        <SourceText source={record.source} /> · <DateText value={record.created_at} />
      </span>
    </>
  );
}

/** A value none of the records has, typed as in a form. */
function OwnValue({ one, choices, onChoices, wrong }: Pick<Props, "choices" | "onChoices" | "wrong"> & { one: SideBySide }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const { code } = one.field;
  const own = ownOf(code, choices);
  const id = `own-${code}`;
  return (
    <>
      <Radio name={code} checked={own !== null} onChange={() => onChoices({ ...choices, [code]: { own: undefined } })}>
        {t("merge.own")}
      </Radio>
      {own && (
        <div className={styles.own}>
          <label htmlFor={id} className="visually-hidden">{t("merge.own_of", { field: label(one.field.label) })}</label>
          <FieldInput field={one.field} id={id} value={own.own} onChange={(value) => onChoices({ ...choices, [code]: { own: value } })} />
          {wrong[code] && <span role="alert" className={styles.wrong}>{wrong[code]}</span>}
        </div>
      )}
    </>
  );
}

function Columns({ what, preview, choices, onChoices, onSurvivor, wrong, rows, shown }: RowsProps) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("merge.field")}</th>
            {preview.records.map((record, place) => (
              <th scope="col" key={record.id}>
                <Radio checked={record.id === preview.survivor_id} name="survivor" onChange={() => onSurvivor(record.id)}>
                  {t(`merge.${what}.stays`)}
                </Radio>
                <Link to={PLACES[what].record(record.id)} className={styles.name} target="_blank">
                  {record.name}
                </Link>
                <span className={styles.whose}>
                  <Whose record={record} />
                </span>
                <Button size="small" type="link" className={styles.more} onClick={() => onChoices({ ...choices, ...allFrom(record.id, place, preview.fields) })}>
                  {t(`merge.${what}.all_from`)}
                </Button>
              </th>
            ))}
            <th scope="col">{t("merge.own_column")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.field.code}>
              <th scope="row">{label(one.field.label)}</th>
              {preview.records.map((record, place) => (
                <td key={record.id} className={chosenOf(one, choices) === record.id ? styles.chosen : undefined}>
                  <Radio
                    name={one.field.code}
                    checked={chosenOf(one, choices) === record.id}
                    disabled={isEmpty(one.values[place])}
                    onChange={() => onChoices({ ...choices, [one.field.code]: record.id })}
                  >
                    {shown(one, place)}
                  </Radio>
                </td>
              ))}
              <td className={ownOf(one.field.code, choices) ? styles.chosen : undefined}>
                <OwnValue one={one} choices={choices} onChoices={onChoices} wrong={wrong} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Stacked({ what, preview, choices, onChoices, onSurvivor, wrong, rows, shown }: RowsProps) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  return (
    <div className={styles.stack}>
      <fieldset>
        <legend>{t(`merge.${what}.stays`)}</legend>
        {preview.records.map((record) => (
          <Radio key={record.id} name="survivor" checked={record.id === preview.survivor_id} onChange={() => onSurvivor(record.id)}>
            {record.name} <span className={styles.whose}><Whose record={record} /></span>
          </Radio>
        ))}
      </fieldset>
      {rows.map((one) => (
        <fieldset key={one.field.code}>
          <legend>{label(one.field.label)}</legend>
          {preview.records.map((record, place) =>
            isEmpty(one.values[place]) ? null : (
              <Radio
                key={record.id}
                name={one.field.code}
                checked={chosenOf(one, choices) === record.id}
                onChange={() => onChoices({ ...choices, [one.field.code]: record.id })}
              >
                {shown(one, place)} {one.values[place] !== record.name && <span className={styles.muted}>{record.name}</span>}
              </Radio>
            ),
          )}
          <OwnValue one={one} choices={choices} onChoices={onChoices} wrong={wrong} />
        </fieldset>
      ))}
    </div>
  );
}
