import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

afterEach(cleanup);

vi.stubGlobal("matchMedia", (query: string) => ({
  matches: false, media: query, onchange: null,
  addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false,
}));
vi.stubGlobal("ResizeObserver", class {
  observe() { /* jsdom has no layout */ }
  unobserve() { /* jsdom has no layout */ }
  disconnect() { /* jsdom has no layout */ }
});
