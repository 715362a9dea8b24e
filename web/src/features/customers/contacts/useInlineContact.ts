import type { Field } from "@/shared/api/types";
import { useFailed } from "@/shared/ui/useFailed";
import { useCell } from "../list/useCell";
import { updateContact, useRefreshContacts, type Contact } from "./api";

/** Plain fields of the contact itself; ways to reach it and its places at customers have dialogs of their own. */
const INLINE = ["title", "department", "salutation", "gender", "birthday", "notes", "tags"];

const isInline = (field: Field): boolean => INLINE.includes(field.code) && field.access === "edit";

/** Columns that can be edited in place, in their order; none where the person may not. */
export const inlineCodes = (shown: Field[], mayEdit: boolean): string[] => (mayEdit ? shown.filter(isInline).map((field) => field.code) : []);

/** Whether this cell is edited in place; a title that somebody has at a customer is changed there. */
export const isInlineOf = (field: Field, row: Contact): boolean =>
  isInline(field) && !row.erased_at && !(field.code === "title" && row.positions[0]?.title);

/** The cell being edited, and saving it: shown at once, put back when the server says no. */
export function useInlineContact() {
  const refresh = useRefreshContacts();
  const failed = useFailed();
  const { cell, open, close, show, versionOf } = useCell<Contact>(["customers", "contacts", "list"]);
  const save = (row: Contact, field: Field, value: unknown) => {
    close();
    const given = field.type === "date" ? value : (value ?? "");
    show(row.id, (now) => ({ ...now, [field.code]: given }));
    void updateContact(row.id, { [field.code]: given, version: versionOf(row) } as Parameters<typeof updateContact>[1])
      .catch((error: unknown) => {
        show(row.id, () => row);
        failed(error);
      })
      .then(refresh);
  };
  return { cell, open, close, save };
}
