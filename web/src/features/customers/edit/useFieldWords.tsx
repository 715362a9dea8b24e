import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Words } from "@/shared/conflict/ConflictDialog";
import { useFormat } from "@/shared/format/useFormat";
import type { Bilingual } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { fieldText } from "@/shared/table/fieldColumns";
import { withPeople } from "@/shared/filter/withPeople";
import { useDepartments, useFields, useOwners } from "../api";

/** A stored field and its value in words, also where only its code is known: conflicts, history. */
export function useFieldWords(kind: "customers" | "contacts" = "customers"): Words {
  const { t } = useTranslation(["shared", "customers"]);
  const format = useFormat();
  const label = useLabel();
  const declared = useFields(kind).data;
  const owners = useOwners().data;
  const departments = useDepartments().data;
  return useMemo(() => {
    // The department of a contact is its own word.
    const fields = kind === "customers" ? withPeople(declared ?? [], owners, departments) : (declared ?? []);
    const find = (code: string) => fields.find((field) => field.code === code || `${field.code}_id` === code);
    const words = { yes: t("yes"), no: t("no") };
    // The log says of an address or a number its kind first: "office: …", "external erp: …".
    const kindInWords = (code: string, text: string) => {
      const listed = { addresses: "address", identifiers: "identifier" }[code];
      return listed ? text.replace(/^[a-z_]+/, (one) => t(`customers:${listed}.kinds.${one}` as "customers:address.kinds.office", { defaultValue: one })) : text;
    };
    return {
      label: (code) => {
        const field = find(code);
        return field ? label(field.label) : t(`customers:history.fields.${code}`, { defaultValue: code.replace(/^attributes\./, "") });
      },
      value: (code, value) => {
        const field = find(code);
        if (code === "rules") return label(value as Bilingual);
        if (code === "relation") return t(`customers:relation.words.${value as "partner_of"}`);
        if (Array.isArray(value) && !field?.choices?.length) return value.length > 0 ? value.map((one) => kindInWords(code, String(one))).join(t("filter.join")) : "–";
        if (field) return fieldText(field, value, format, label, words);
        if (value === null || value === undefined || value === "") return "–";
        if (typeof value === "boolean") return value ? words.yes : words.no;
        if (typeof value === "object") return "name" in value ? String(value.name || "–") : JSON.stringify(value);
        return String(value);
      },
    };
  }, [kind, declared, owners, departments, format, label, t]);
}
