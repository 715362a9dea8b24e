import { App, ConfigProvider } from "antd";
import type { Locale } from "antd/es/locale";
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { antdTheme } from "./antd";
import { cssVariables, type Mode } from "./tokens";

export type Choice = Mode | "system";
const KEY = "jinzita.theme";

interface ThemeState {
  mode: Mode;
  choice: Choice;
  choose: (choice: Choice) => void;
}

const ThemeContext = createContext<ThemeState>({ mode: "light", choice: "system", choose: () => undefined });

export const useThemeMode = () => useContext(ThemeContext);

/** What the system asks for, followed as it changes. */
function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => typeof matchMedia === "function" && matchMedia(query).matches);
  useEffect(() => {
    const asked = matchMedia(query);
    const changed = () => setHolds(asked.matches);
    asked.addEventListener("change", changed);
    return () => asked.removeEventListener("change", changed);
  }, [query]);
  return holds;
}

/** Whether the page is being drawn for paper; settled before the browser draws it. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (typeof matchMedia !== "function") return undefined;
    const asked = matchMedia("print");
    const changed = () => flushSync(() => setPrinting(asked.matches));
    asked.addEventListener("change", changed);
    return () => asked.removeEventListener("change", changed);
  }, []);
  return printing;
}

interface Props {
  locale: Locale | undefined;
  children: ReactNode;
}

/** Light, dark, or as the system says; remembered in this browser. */
export function ThemeProvider({ locale, children }: Props) {
  const system: Mode = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const phone = useMedia("(max-width: 767px)");
  const [choice, setChoice] = useState<Choice>(() => (localStorage.getItem(KEY) as Choice | null) ?? "system");
  // Paper is white, also for who works in the dark.
  const printing = usePrinting();
  const mode = printing ? "light" : choice === "system" ? system : choice;
  const choose = useCallback((next: Choice) => {
    localStorage.setItem(KEY, next);
    setChoice(next);
  }, []);

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = mode;
    root.style.colorScheme = mode;
    for (const [name, colour] of Object.entries(cssVariables(mode))) root.style.setProperty(name, colour);
  }, [mode]);

  const state = useMemo(() => ({ mode, choice, choose }), [mode, choice, choose]);
  const themeConfig = useMemo(() => antdTheme(mode, { still, phone }), [mode, still, phone]);
  return (
    <ThemeContext value={state}>
      <ConfigProvider theme={themeConfig} locale={locale} componentSize="middle" button={{ autoInsertSpace: false }}>
        <App>{children}</App>
      </ConfigProvider>
    </ThemeContext>
  );
}
