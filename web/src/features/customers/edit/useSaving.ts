import { conflictsOf, isEmptyChange, keptCurrent, without, type Choices, type Conflict } from "@/shared/conflict/conflicts";
import { getCustomer, updateCustomer, type Customer, type CustomerChange } from "../api";

type Ask = (conflicts: Conflict[]) => Promise<Choices | null>;

/** Saves a change; where somebody else changed the same fields meanwhile, asks which value to keep, and saves that. */
export async function saveCustomer(id: number, change: CustomerChange, ask: Ask): Promise<Customer> {
  try {
    return await updateCustomer(id, change);
  } catch (error) {
    const conflicts = conflictsOf(error);
    if (!conflicts || conflicts.length === 0) throw error;
    const choices = await ask(conflicts);
    if (!choices) throw error;
    const present = await getCustomer(id);
    const left = without(change as Record<string, unknown>, keptCurrent(choices));
    if (isEmptyChange(left)) return present;
    // Between asking and answering it may have been changed again: then it is asked again.
    return saveCustomer(id, { ...left, version: present.version }, ask);
  }
}
