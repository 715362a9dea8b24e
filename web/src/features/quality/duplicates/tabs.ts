/** The tabs above the duplicates, each of which is a filter like any other. */
import { isCondition, isDirect, narrowed, NO_FILTER, type Group } from "@/shared/filter/filter";
import { isQuick } from "@/shared/filter/QuickChoice";
import { filterAddress } from "@/shared/filter/written";

export const TABS = ["open", "same", "look", "later", "different"] as const;
export type Tab = (typeof TABS)[number];

// What is open is listed without a word on it.
const ASKED: Record<Tab, { verdict: string[]; state: string[] }> = {
  open: { verdict: [], state: [] },
  same: { verdict: ["same"], state: [] },
  look: { verdict: ["look"], state: [] },
  later: { verdict: [], state: ["later"] },
  different: { verdict: [], state: ["different"] },
};

/** The filter narrowed to a tab; what else it asks stays. */
export function toTab(filter: Group, tab: Tab): Group {
  const { verdict, state } = ASKED[tab];
  return narrowed(narrowed(filter, "verdict", "in", verdict), "state", "in", state);
}

/** The tab that a filter shows, or null when it asks of verdict and state in its own way. */
export function tabOf(filter: Group): Tab | null {
  const asked = (isDirect(filter) ? filter.conditions : []).filter(isCondition).filter(({ field }) => field === "verdict" || field === "state");
  const named = JSON.stringify(filter.conditions);
  const whole = asked.every((one) => isQuick(one.field, one)) && asked.length === named.split(/"field":"(?:verdict|state)"/).length - 1;
  const value = (code: string) => asked.filter(({ field }) => field === code).flatMap((one) => one.value as string[]);
  const found = TABS.find((tab) => value("verdict").join() === ASKED[tab].verdict.join() && value("state").join() === ASKED[tab].state.join());
  return whole ? (found ?? null) : null;
}

/** Where a tab of addresses kept from before leads. */
export function addressOf(tab: string): string {
  const known = TABS.find((one) => one === tab);
  return known && known !== "open" ? `?filter=${filterAddress(toTab(NO_FILTER, known))}` : "?view=all";
}
