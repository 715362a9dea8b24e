import { ApiError } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";
import { useFailed } from "@/shared/ui/useFailed";
import { useCell } from "../list/useCell";
import type { Ask } from "../edit/useSaving";
import { useRefreshContacts, type Contact, type ContactChange } from "./api";
import { saveContact } from "./saveContact";

/** Plain fields of the contact itself; ways to reach it and its places at customers have dialogs of their own. */
const INLINE = ["title", "department", "salutation", "gender", "birthday", "notes", "tags"];

const isInline = (field: Field): boolean => INLINE.includes(field.code) && field.access === "edit";

/** Columns that can be edited in place, in their order; none where the person may not. */
export const inlineCodes = (shown: Field[], mayEdit: boolean): string[] => (mayEdit ? shown.filter(isInline).map((field) => field.code) : []);

/** Whether this cell is edited in place; a title that somebody has at a customer is changed there. */
export const isInlineOf = (field: Field, row: Contact): boolean =>
  isInline(field) && !row.erased_at && !(field.code === "title" && row.positions[0]?.title);

/** The cell being edited, and saving it: shown at once, put back when the server says no. */
export function useInlineContact(ask: Ask) {
  const refresh = useRefreshContacts();
  const failed = useFailed();
  const { cell, open, close, show, versionOf } = useCell<Contact>(["customers", "contacts", "list"]);
  const save = (row: Contact, field: Field, value: unknown) => {
    close();
    const given = field.type === "date" ? value : (value ?? "");
    show(row.id, (now) => ({ ...now, [field.code]: given }));
    void saveContact(row.id, { [field.code]: given, version: versionOf(row) } as ContactChange, ask)
      .catch((error: unknown) => {
        show(row.id, () => row);
        // Whoever was asked which value to keep, and left it, knows.
        if (!(error instanceof ApiError && error.code === "changed_meanwhile")) failed(error);
      })
      .then(refresh);
  };
  return { cell, open, close, save };
}
