import type { Field } from "@/shared/api/types";
import { isInline } from "../edit/inline";
import type { Ask } from "../edit/useSaving";
import { useCell } from "../list/useCell";
import { useCellFailed } from "../list/useCellFailed";
import { useRefreshContacts, type Contact, type ContactChange } from "./api";
import { saveContact } from "./saveContact";

/** What somebody is at a customer is changed there: the part in decisions, and a title where there is one. */
const isOfPlace = (code: string, row: Contact): boolean => code === "role" || (code === "title" && Boolean(row.positions[0]?.title));

/** Whether this cell is edited in place. */
export const isInlineOf = (field: Field, row: Contact): boolean => isInline(field) && !row.erased_at && !isOfPlace(field.code, row);

/** The cell being edited, and saving it: shown at once, put back when the server says no. */
export function useInlineContact(ask: Ask) {
  const refresh = useRefreshContacts();
  const failed = useCellFailed();
  const { cell, open, close, show, versionOf } = useCell<Contact>(["customers", "contacts", "list"]);
  const save = (row: Contact, field: Field, value: unknown) => {
    close({ id: row.id, code: field.code });
    const given = field.type === "date" ? value : (value ?? "");
    show(row.id, (now) => ({ ...now, [field.code]: given }));
    void saveContact(row.id, { [field.code]: given, version: versionOf(row) } as ContactChange, ask)
      .catch((error: unknown) => {
        show(row.id, () => row);
        failed(error);
      })
      .then(refresh);
  };
  return { cell, open, close, save };
}
