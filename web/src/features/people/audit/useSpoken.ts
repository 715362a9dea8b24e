import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import type { Bilingual } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { useDepartments, useUsers, type AuditEntry } from "../api";
import { wordOf } from "../keys/scopes";
import { useRoleName } from "../roles/useRoleName";
import { wordsOf } from "./choices";

const isBilingual = (stored: unknown): stored is Bilingual => typeof stored === "object" && stored !== null && "en" in stored && "zh" in stored;

/** The words of an audit line: action, subject, door, fields and their values; unknown ones as they are stored. */
export function useSpoken() {
  const { t } = useTranslation(["people", "shared"]);
  const format = useFormat();
  const departments = useDepartments().data;
  const users = useUsers().data;
  const roleName = useRoleName();
  const label = useLabel();
  const subject = (entry: AuditEntry) => t(`audit.subject.${entry.subject_type}`, { defaultValue: entry.subject_type });
  const action = (entry: AuditEntry) => t(`audit.action.${entry.action}`, { defaultValue: entry.action });
  const value = (field: string, stored: unknown): string | undefined => {
    // Rules of entry are kept as they were said, in both languages.
    if (field === "rules" && isBilingual(stored)) return label(stored);
    if (typeof stored === "boolean") return stored ? t("shared:yes") : t("shared:no");
    if (field === "department_id" || field === "parent_id") return departments?.find((one) => one.id === stored)?.name;
    if (field === "owner_id") return users?.find((one) => one.id === stored)?.name;
    if (field === "grade" || field === "grades") return t(`shared:grade.${String(stored)}`, { defaultValue: String(stored) });
    if (field === "stage" || field === "stages") return t(`shared:stage.${String(stored)}`, { defaultValue: String(stored) });
    if (field === "role") return roleName(String(stored));
    if (field === "scopes") return t(`scope.${wordOf(String(stored))}`, { defaultValue: String(stored) });
    if (field === "permissions") return t(`permission.${String(stored)}`, { defaultValue: String(stored) });
    if (field === "reach" || field === "reaches") return t(`reach.${String(stored)}`, { defaultValue: String(stored) });
    if (field.startsWith("consent.")) return t(`audit.consent_part.${String(stored)}`, { defaultValue: String(stored) });
    if (field === "action") return t(`audit.value.bulk_${String(stored)}`, { defaultValue: String(stored) });
    if (field === "state") return t(`audit.state.${String(stored)}`, { defaultValue: String(stored) });
    if (field === "shared" && typeof stored === "string") return t(`shared:views.share.${stored as "private"}`, { defaultValue: stored });
    if (["kind", "records", "source", "method", "theme", "language", "check_type"].includes(field)) return t([`audit.value.${String(stored)}`, `audit.subject.${String(stored)}`], { defaultValue: String(stored) });
    if (field === "size" && typeof stored === "number") return format.bytes(stored);
    if (typeof stored === "number") return format.number(stored, 4);
    if (typeof stored === "string" && /^\d{4}-\d\d-\d\d$/.test(stored)) return format.date(stored);
    if (typeof stored === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(stored)) return format.dateTime(stored.replace(" ", "T"));
    return undefined;
  };
  return {
    action,
    subject,
    /** Chinese words follow each other without a blank, Latin ones do not. */
    gap: (entry: AuditEntry) => (format.language === "zh" && (!/^[A-Za-z]/.test(subject(entry)) || action(entry).endsWith("：")) ? "" : " "),
    via: (entry: AuditEntry) => t(wordsOf("via", entry.via), { defaultValue: entry.via }),
    /** `declared` is what its owner calls it. */
    field: (field: string, declared = field) => {
      // What somebody said is kept by channel and purpose: consent.email.marketing.
      if (!field.startsWith("consent.")) return t(`audit.field.${field}`, { defaultValue: declared });
      const parts = field.split(".").slice(1).map((part) => t(`audit.consent_part.${part}`, { defaultValue: part }));
      return [t("audit.field.consent"), ...parts].join(" · ");
    },
    value,
  };
}

export type Spoken = ReturnType<typeof useSpoken>;
