/** How other capabilities tell their kinds of entries on a customer's timeline; the application fills it in. */
import { createContext, type ReactNode } from "react";
import type { components } from "@/client/schema";

export type TimelineItem = components["schemas"]["TimelineEntryOut"];
export type Tellers = Record<string, (item: TimelineItem) => ReactNode>;

export const TimelineEntriesSlot = createContext<Tellers>({});
