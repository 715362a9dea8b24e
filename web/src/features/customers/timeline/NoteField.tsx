import { Mentions, type MentionsRef } from "antd";
import { useState, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { useOpenForm } from "@/shared/ui/openForms";
import { useOwners } from "../api";
import type { Entered } from "./notes";
import { isMeant, mentionsIn } from "./text";

interface Props {
  value: string;
  onChange: (text: string) => void;
  /** Ctrl or ⌘ with Enter. */
  onSubmit: () => void;
  label: string;
  rows?: number;
  fieldRef?: Ref<MentionsRef>;
  autoFocus?: boolean;
}

/** Text in which @ offers the colleagues. */
export function NoteField({ value, onChange, onSubmit, label, rows = 2, fieldRef, autoFocus }: Props) {
  const { t } = useTranslation("customers");
  useOpenForm(value.trim() !== "");
  const people = useColleagues();
  const named = new Map(people.map((one) => [one.name, one]));
  return (
    <Mentions
      ref={fieldRef}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      autoSize={{ minRows: rows, maxRows: 12 }}
      maxLength={20_000}
      aria-label={label}
      placeholder={label}
      notFoundContent={t("notes.nobody")}
      options={people.map((one) => ({ key: String(one.id), value: one.name, label: one.label }))}
      filterOption={(typed, option) => isMeant(typed, named.get(option.value ?? ""))}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onSubmit();
      }}
    />
  );
}

export function useColleagues() {
  const owners = useOwners().data ?? [];
  return owners.filter((one) => one.active).map((one) => ({ id: one.id, name: one.name || one.username, label: one.name ? `${one.name} (${one.username})` : one.username, said: one.said }));
}

/** What is typed of a note, with the colleagues it names. */
export function useNoteText(first = "", known: number[] = []) {
  const [text, setText] = useState(first);
  const people = useColleagues();
  const entered = (): Entered => ({ text: text.trim(), mentions: mentionsIn(text, people, known) });
  return { text, setText, entered };
}
