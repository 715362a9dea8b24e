/** What another capability has to say of a customer before anything else; the application fills it in. */
import { createContext, type ComponentType } from "react";

export const CustomerNoteSlot = createContext<ComponentType<{ customerId: number }> | null>(null);
