/** A filter as text: in the address bar, of a saved view, and as the API takes it. */
import { readAddress, writeAddress } from "./address";
import { NO_FILTER, asGroup, partOf, pruned, treeOf, type Group, type Part } from "./filter";

/** The filter in the address or of a saved view, or none when it is absent or unreadable. */
export function readFilter(text: string | null | undefined): Group {
  if (!text) return NO_FILTER;
  try {
    const read = text.startsWith("{") ? (JSON.parse(text) as unknown) : readAddress(text);
    const part = partOf(text.startsWith("{") ? read : read && treeOf(read as Part));
    if (part) return pruned(asGroup(part));
  } catch {
    // An address somebody broke by hand shows everything rather than an error, and the list says so.
  }
  return NO_FILTER;
}

/** Whether there is a filter that cannot be read. */
export const isUnreadable = (text: string | null): boolean => !!text && readFilter(text) === NO_FILTER;

/** The filter as the API takes it, or null when it says nothing. */
export function writeFilter(filter: Group): string | null {
  return filter.conditions.length === 0 ? null : JSON.stringify(treeOf(filter));
}

/** The filter as it stands in the address: short, and without characters an address has to hide. */
export function filterAddress(filter: Group): string | null {
  return filter.conditions.length === 0 ? null : writeAddress(filter);
}
