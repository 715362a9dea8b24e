/** The browser's storage for tests that run without a DOM. */
import { vi } from "vitest";

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (at) => [...kept.keys()][at] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, String(value)),
  };
}

vi.stubGlobal("localStorage", storage());
vi.stubGlobal("sessionStorage", storage());
