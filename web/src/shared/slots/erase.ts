/** The dialog that erases somebody's personal data; the application fills it in. */
import { createContext, type ReactNode } from "react";

export interface Erasing {
  what: "customer" | "contact";
  record: { id: number; name: string };
  onErased: () => void;
  onClose: () => void;
}

export const EraseSlot = createContext<((erasing: Erasing) => ReactNode) | null>(null);
