import { Select } from "antd";
import { useRef, useState, type FocusEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import type { ListKind } from "../api";
import { enteredOf, inputOf, isNew } from "../edit/inline";
import { FieldInput } from "../edit/FieldInput";
import styles from "./list.module.css";
import { TagsInput } from "./TagsInput";

interface Props {
  kind: ListKind;
  field: Field;
  row: { name: string };
  onSave: (value: unknown) => void;
  onClose: () => void;
}

const AT_ONCE = ["choice", "yes_no", "reference"];

/** A cell being edited: Enter or leaving it saves, Esc does not; what is chosen from a list is saved at once. */
export function InlineEditor({ kind, field, row, onSave, onClose }: Props) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const [value, setValue] = useState(() => inputOf(field, row));
  const done = useRef(false);
  const box = useRef<HTMLSpanElement>(null);
  const end = (entered: unknown, save: boolean) => {
    if (done.current) return;
    done.current = true;
    const given = enteredOf(field, entered);
    if (save && isNew(field, row, given)) onSave(given);
    else onClose();
  };
  const change = (entered: unknown) => {
    setValue(entered);
    if (AT_ONCE.includes(field.type) || field.type === "date") end(entered, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") end(value, false);
    else if (event.key === "Enter" && !AT_ONCE.includes(field.type) && field.type !== "choices" && !event.nativeEvent.isComposing) end(value, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // The list of a choice opens outside of the cell: going there is not leaving.
  const onBlur = (event: FocusEvent) => {
    const to = event.relatedTarget as HTMLElement | null;
    if (to?.closest(".ant-select-dropdown, .ant-picker-dropdown")) return;
    // Where the focus went is known a moment later; leaving the window is not leaving the cell.
    setTimeout(() => document.hasFocus() && !box.current?.contains(document.activeElement) && end(value, true), 0);
  };
  const name = t("list.edit_field", { field: label(field.label), name: row.name });
  return (
    // The keys and the leaving are those of the control inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <span ref={(element) => { box.current = element; focusIn(element); }} className={styles.editor} onKeyDown={onKeyDown} onBlur={onBlur} role="group" aria-label={name}>
      {field.code === "owner" ? (
        <Select
          defaultOpen
          allowClear
          aria-label={name}
          showSearch={{ optionFilterProp: "label" }}
          value={value as number | undefined}
          options={field.choices?.map((choice) => ({ value: choice.value as unknown as number, label: label(choice.label) }))}
          onChange={change}
          style={{ width: "100%" }}
        />
      ) : field.code === "tags" ? (
        <TagsInput kind={kind} aria-label={name} value={(value as string[] | undefined) ?? []} onChange={change} />
      ) : (
        <FieldInput opened field={field} value={value} onChange={change} />
      )}
    </span>
  );
}

/** Once: later draws leave the focus where it is. */
function focusIn(element: HTMLSpanElement | null): void {
  if (!element || element.dataset.focused) return;
  element.dataset.focused = "yes";
  const input = element.querySelector<HTMLInputElement>("input, textarea");
  input?.focus();
  if (input?.type === "text") input.select();
}
