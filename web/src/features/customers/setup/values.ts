/** An attribute's definition between the server and the form. */
import type { AttributeGiven, Definition } from "./api";

export interface Entered {
  code: string;
  label: { en: string; zh: string };
  help: { en: string; zh: string };
  type: string;
  section: string;
  unit: string;
  applies_to: string;
  references: string;
  choices: { value: string; old?: string; label: { en: string; zh: string } }[];
  mandatory: string;
  mandatory_stage: string;
  minimum: number | null;
  maximum: number | null;
  pattern: string;
  visible_to: string[];
  editable_by: string[];
  formula: string;
  listed: boolean;
  personal: boolean;
}

export const EMPTY: Entered = {
  code: "", label: { en: "", zh: "" }, help: { en: "", zh: "" }, type: "text", section: "", unit: "", applies_to: "", references: "", choices: [],
  mandatory: "never", mandatory_stage: "", minimum: null, maximum: null, pattern: "", visible_to: [], editable_by: [], formula: "", listed: false, personal: true,
};

const number = (text: string | null): number | null => (text === null ? null : Number(text));

export function toForm(one: Definition): Entered {
  return {
    ...EMPTY,
    ...Object.fromEntries(Object.keys(EMPTY).map((name) => [name, one[name as keyof Definition] ?? EMPTY[name as keyof Entered]])),
    minimum: number(one.minimum), maximum: number(one.maximum),
    choices: one.choices.map((choice) => ({ ...choice, old: choice.value })),
  } as Entered;
}

/** What is sent: only what the type knows; a choice with another name says what it was called. */
export function toServer(entered: Entered, fresh: boolean): AttributeGiven & { code?: string } {
  const numeric = entered.type === "number" || entered.type === "money";
  const chosen = entered.type === "choice" || entered.type === "choices";
  const rows = chosen ? (entered.choices ?? []) : [];
  const renamed = Object.fromEntries(rows.filter((row) => row.old && row.old !== row.value).map((row) => [row.old as string, row.value]));
  return {
    ...(fresh ? { code: entered.code } : {}),
    label: entered.label, help: { en: entered.help?.en ?? "", zh: entered.help?.zh ?? "" }, type: entered.type, section: entered.section ?? "", unit: entered.unit ?? "",
    applies_to: entered.applies_to || null, references: entered.type === "reference" ? entered.references || null : null,
    choices: rows.map(({ value, label }) => ({ value, label: { en: label?.en || value, zh: label?.zh || value } })),
    ...(Object.keys(renamed).length > 0 ? { renamed } : {}),
    mandatory: entered.formula ? "never" : entered.mandatory, mandatory_stage: !entered.formula && entered.mandatory === "from_stage" ? entered.mandatory_stage : "",
    minimum: numeric ? entered.minimum ?? null : null, maximum: numeric ? entered.maximum ?? null : null,
    pattern: entered.type === "text" ? entered.pattern ?? "" : "",
    visible_to: entered.visible_to ?? [], editable_by: entered.editable_by ?? [], formula: numeric ? entered.formula ?? "" : "", listed: entered.listed, personal: entered.personal,
  } as AttributeGiven & { code?: string };
}
