/** The fields of a picker by section, found by words of either language. */
import type { Bilingual, Field } from "../api/types";

interface FieldOption {
  value: string;
  label: string;
  /** Everything the field may be looked for by. */
  words: string;
}

interface Section {
  key: string;
  label: string;
  options: FieldOption[];
}

const texts = (text: Bilingual | undefined): string[] => (!text ? [] : typeof text === "string" ? [text] : Object.values(text));

/** Which section a field stands in: the one its owner says, or the kind of field it is. */
function sectionOf(field: Field): string {
  const section = field.section;
  if (section) return typeof section === "string" ? section : (section.en ?? section.zh ?? "");
  if (field.code.startsWith("attributes.")) return "attributes";
  return field.code.startsWith("class.") ? "classes" : "basic";
}

/** The sections in the order of their first field; within one, the declared order. */
export function sections(fields: Field[], label: (text: Bilingual) => string, name: (section: string) => string | undefined): Section[] {
  const all = new Map<string, Section>();
  for (const field of fields) {
    const key = sectionOf(field);
    const section = all.get(key) ?? { key, label: name(key) ?? (field.section ? label(field.section) : key), options: [] };
    all.set(key, section);
    const words = [...texts(field.label), field.code, ...(field.synonyms ?? []), ...texts(field.section ?? undefined)].join(" ").toLowerCase();
    section.options.push({ value: field.code, label: label(field.label), words });
  }
  return [...all.values()];
}

/** Whether every word typed occurs in what a field may be looked for by. */
export function isMatch(typed: string, option: { words?: string } | undefined): boolean {
  const words = option?.words ?? "";
  return typed.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}
