/** Columns of a table from the fields their owner declared. */
import type { ReactNode } from "react";
import type { Field, Standing } from "../api/types";
import { UNKNOWN, type Maybe } from "../format/format";
import type { Format } from "../format/useFormat";
import { GradeBadge } from "../ui/Grade";
import { RECORD } from "./columns";
import type { DataColumn } from "./DataTable";

const NUMERIC = ["number", "money"];

/** The value of a field in a row; attributes live under `attributes`, what other capabilities know under `added`. */
export function fieldValue(row: object, code: string): unknown {
  const record = row as Record<string, unknown>;
  if (code in record) return record[code];
  if (code === RECORD) return record.id;
  if (code.startsWith("class.")) return ((record.classes as Record<string, { code: string }[]> | undefined)?.[code.slice(6)] ?? []).map((one) => one.code);
  const added = record.added as Record<string, unknown> | undefined;
  if (added && code in added) return added[code];
  const attributes = record.attributes as Record<string, unknown> | undefined;
  return attributes?.[code.replace(/^attributes?[.:]/, "")];
}

/** A declared field's value as people read it. */
export function fieldText(field: Field, value: unknown, format: Format, label: (text: Field["label"]) => string, words: { yes: string; no: string }): ReactNode {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  if (field.code === "grade") return <GradeBadge grade={value as Standing} />;
  if (Array.isArray(value)) {
    const word = (one: unknown) => {
      const known = field.choices?.find((item) => item.value === one);
      if (known) return label(known.label);
      return typeof one === "object" ? String((one as { name?: string } | null)?.name ?? UNKNOWN) : String(one);
    };
    return value.length === 0 ? UNKNOWN : value.map(word).join(" · ");
  }
  const choice = field.choices?.find((item) => item.value === value);
  if (choice) return label(choice.label);
  switch (field.type) {
    case "number":
      return field.share ? format.percent(value as Maybe) : format.number(value as Maybe, 2);
    case "money":
      return format.money(value as Maybe);
    case "date":
      return format.date(value as string);
    case "datetime":
      return format.dateTime(value as string);
    case "yes_no":
      return value ? words.yes : words.no;
    case "reference":
      return typeof value === "object" ? (value as { name?: string }).name || UNKNOWN : String(value);
    default:
      return String(value);
  }
}

interface Options<T> {
  format: Format;
  label: (text: Field["label"]) => string;
  words: { yes: string; no: string };
  /** How single fields are drawn instead of as text. */
  render?: Partial<Record<string, (row: T) => ReactNode>>;
  width?: Partial<Record<string, number>>;
}

export function fieldColumns<T extends object>(fields: Field[], options: Options<T>): DataColumn<T>[] {
  const { format, label, words, render = {}, width = {} } = options;
  return fields
    .filter((field) => field.listed)
    .map((field) => ({
      key: field.code,
      title: label(field.label),
      numeric: NUMERIC.includes(field.type),
      sortable: field.sortable,
      width: width[field.code],
      render: (_: unknown, row: T) =>
        render[field.code]?.(row) ?? fieldText(field, fieldValue(row, field.code), format, label, words),
    }));
}
