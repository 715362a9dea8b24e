/** Keys of the keyboard and what they do: each page registers its own; the overlay of keys lists them. */
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Key {
  /** As a KeyboardEvent names it: "j", "ArrowDown", "?", "mod+k" (Ctrl, or ⌘ on a Mac). */
  keys: string[];
  label: string;
  /** The heading it stands under in the overlay. */
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Also while a dialog or drawer is open. */
  always?: boolean;
}

let registered: Key[] = [];
const watching = new Set<() => void>();

function change(next: Key[]): void {
  registered = next;
  watching.forEach((tell) => tell());
}

/** Somebody is writing: the letters are theirs. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

const PRESSES = ["Enter", " "];
const PRESSED = "button, a[href], summary, [role=button], [role=tab], [role=menuitem], [role=option], [role=switch]";

/** Enter and Space belong to the button or link that has the focus. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (!PRESSES.includes(event.key) || !(event.target instanceof HTMLElement)) return false;
  return event.target.closest(PRESSED) !== null || (event.key === " " && event.target instanceof HTMLInputElement);
}

export function matches(key: string, event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  const withMod = key.startsWith("mod+");
  const wanted = withMod ? key.slice(4) : key;
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return pressed === (wanted.length === 1 ? wanted.toLowerCase() : wanted) && (event.ctrlKey || event.metaKey) === withMod && !event.altKey;
}

const hasDialog = () => document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-drawer-open") !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const found = registered.findLast((one) => one.keys.some((key) => matches(key, event)));
  if (!found) return;
  const withMod = event.ctrlKey || event.metaKey;
  if (!withMod && (isTyping(event.target) || belongsToControl(event))) return;
  if (!found.always && !withMod && hasDialog()) return;
  event.preventDefault();
  found.run(event);
}

/** Keys that hold while the caller is shown; the last registered wins. `run` may change without registering anew. */
export function useKeys(keys: Key[]): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  const signature = JSON.stringify(keys.map(({ keys: names, label, group, always }) => [names, label, group, always]));
  useEffect(() => {
    const mine = now.current.map((key, at) => ({ ...key, run: (event: KeyboardEvent) => now.current[at]?.run(event) }));
    if (registered.length === 0) window.addEventListener("keydown", onKeyDown);
    change([...registered, ...mine]);
    return () => {
      change(registered.filter((key) => !mine.includes(key)));
      if (registered.length === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, [signature]);
}

const watch = (tell: () => void) => {
  watching.add(tell);
  return () => void watching.delete(tell);
};

/** Everything that is registered now, by group. */
export function useAllKeys(): Map<string, Key[]> {
  const all = useSyncExternalStore(watch, () => registered);
  return byGroup(all);
}

/** By group, in the order of registering; a key registered twice shows its last meaning. */
export function byGroup(all: Key[]): Map<string, Key[]> {
  const groups = new Map<string, Key[]>();
  for (const key of all) {
    const group = groups.get(key.group) ?? [];
    groups.set(key.group, [...group.filter((one) => one.keys.join() !== key.keys.join()), key]);
  }
  return groups;
}

const MAC = typeof navigator !== "undefined" && navigator.userAgent.includes("Mac OS");
const SIGNS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", " ": "Space", Escape: "Esc" };

/** The key as it is written on the keyboard: "mod+k" → Ctrl K. */
export function keyName(key: string): string {
  if (key.startsWith("mod+")) return `${MAC ? "⌘" : "Ctrl"} ${keyName(key.slice(4))}`;
  return SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
