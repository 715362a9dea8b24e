/** What another capability has to say about a customer while it is typed; the application fills it in. */
import { createContext, type ComponentType } from "react";

export interface Typed {
  name?: string;
  kind?: string;
  phone?: string;
  email?: string;
}

export const NewCustomerSlot = createContext<ComponentType<{ typed: Typed }> | null>(null);
