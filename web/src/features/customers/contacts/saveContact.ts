import { saveAsking, type Ask } from "../edit/useSaving";
import { getContact, updateContact, type ContactChange, type ContactDetail } from "./api";

/** Saves a change of a contact; where somebody else changed the same fields meanwhile, asks which value to keep. */
export const saveContact = (id: number, change: ContactChange, ask: Ask): Promise<ContactDetail> =>
  saveAsking<ContactDetail, ContactChange>({ update: (given) => updateContact(id, given), read: () => getContact(id) }, change, ask);
