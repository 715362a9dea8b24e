import { conflictsOf, isEmptyChange, keptCurrent, without, type Choices, type Conflict } from "@/shared/conflict/conflicts";
import { getCustomer, updateCustomer, type Customer, type CustomerChange } from "../api";

export type Ask = (conflicts: Conflict[]) => Promise<Choices | null>;

/** How a record is written and read again. */
interface Calls<Saved, Change> {
  update: (change: Change) => Promise<Saved>;
  read: () => Promise<Saved>;
}

export const saveCustomer = (id: number, change: CustomerChange, ask: Ask): Promise<Customer> =>
  saveAsking<Customer, CustomerChange>({ update: (given) => updateCustomer(id, given), read: () => getCustomer(id) }, change, ask);

/** Saves a change; where somebody else changed the same fields meanwhile, asks which value to keep, and saves that. */
export async function saveAsking<Saved extends { version?: number }, Change extends object>(calls: Calls<Saved, Change>, change: Change, ask: Ask): Promise<Saved> {
  try {
    return await calls.update(change);
  } catch (error) {
    const conflicts = conflictsOf(error);
    if (!conflicts || conflicts.length === 0) throw error;
    const choices = await ask(conflicts);
    if (!choices) throw error;
    const present = await calls.read();
    const left = without(change as Record<string, unknown>, keptCurrent(choices));
    if (isEmptyChange(left)) return present;
    // Between asking and answering it may have been changed again: then it is asked again.
    return saveAsking(calls, { ...left, version: present.version } as unknown as Change, ask);
  }
}
