import { useEffect } from "react";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Runs on a key of the keyboard: "/" outside of fields, "mod+k" everywhere (Ctrl, or ⌘ on a Mac). */
export function useShortcut(key: string, run: () => void): void {
  useEffect(() => {
    const withMod = key.startsWith("mod+");
    const wanted = withMod ? key.slice(4) : key;
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== wanted || (event.ctrlKey || event.metaKey) !== withMod || event.altKey) return;
      if (!withMod && typing(event.target)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [key, run]);
}
