import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";
import { useFields } from "@/shared/api/fields";
import { asGroup, partOf } from "@/shared/filter/filter";
import { useRelatedKinds } from "@/shared/filter/related";
import { useFilterText } from "@/shared/filter/useFilterText";
import { readFilter } from "@/shared/filter/written";
import { useLabel } from "@/shared/i18n/i18n";

const NO_FIELDS: Field[] = [];

/** How a line says what it keeps of a list: its filter, order, groups and columns, in the words of the list. */
export function useListSaid(kind: string | undefined): (part: string, stored: unknown) => string | undefined {
  const { t } = useTranslation("people");
  const label = useLabel();
  const fields = useFields(kind ?? "", kind !== undefined).data ?? NO_FIELDS;
  const related = useRelatedKinds(kind).data;
  const { text } = useFilterText(fields, related);
  const named = (code: string) => label(fields.find((field) => field.code === code)?.label) || code;
  return (part, stored) => {
    if (kind === undefined || !stored) return undefined;
    if (part === "filter") return filterOf(stored, text);
    if (part === "sort" && typeof stored === "string") return stored.startsWith("-") ? t("audit.descending", { field: named(stored.slice(1)) }) : named(stored);
    if (part === "group_by" && typeof stored === "string") return named(stored);
    if (part === "columns" && typeof stored === "object" && "code" in stored) return named(String(stored.code));
    return undefined;
  };
}

/** A filter is kept as a tree or as its text. */
function filterOf(stored: unknown, text: (part: ReturnType<typeof readFilter>) => string): string | undefined {
  if (typeof stored === "string") return text(readFilter(stored)) || undefined;
  const part = partOf(stored);
  return part ? text(asGroup(part)) : undefined;
}
