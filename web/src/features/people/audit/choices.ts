/** The actions, kinds of record and doors that the log is searched for most, in words. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/shared/api/types";

/** No two of one list have the same words; whatever else the log tells is found by words of the search. */
export const CHOICES = {
  action: ["create", "update", "delete", "trash", "restore", "purge", "read", "reveal", "export", "sheet", "download", "import", "undo", "merge", "unmerge", "assigned", "claimed", "release", "hand_over", "bulk_edit", "bulk_tag", "bulk_delete", "accept_warnings", "publish", "run", "ask", "approve", "decline", "personal_data", "erase", "sign_in", "invite", "change_password", "reset_password", "lock", "unlock", "revoke"],
  subject: ["customer", "contact", "note", "file", "transaction", "invoice", "receipt", "interaction", "opportunity", "product", "duty", "grade_override", "import", "change_set", "view", "attribute", "category", "dimension", "value_model", "model_version", "treatment_policy", "pool_rule", "entry_rule", "match_policy", "stage_rules", "consent_rules", "retention_rules", "user", "role", "department", "api_key", "sign_in", "security", "webhook", "mail"],
  via: ["browser", "key", "worker", "timetable", "import", "command line", "sign-in", "demo"],
} as const;

const OF_FIELD: Record<string, keyof typeof CHOICES> = { action: "action", subject_type: "subject", via: "via" };

/** As a word by itself: without what leads over to a name. */
export const alone = (word: string) => word.replace(/(：|:| of| for)$/, "");

/** Where the words of something stored stand: a blank or a dash is no part of their name. */
export const wordsOf = (block: string, stored: string) => `audit.${block}.${stored.replace(/\W+/g, "_")}`;

export function useLogChoices() {
  const { t } = useTranslation("people");
  return useCallback(
    (fields: Field[]) =>
      fields.map((field) => {
        const block = OF_FIELD[field.code];
        return block ? { ...field, choices: CHOICES[block].map((value) => ({ value, label: alone(t(wordsOf(block, value))) })) } : field;
      }),
    [t],
  );
}
