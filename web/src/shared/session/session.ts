/** Who is signed in, what the company is, and what may be done. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { ApiError, get, patch } from "../api/request";
import type { Me, Settings } from "../api/types";

export const ME = ["me"] as const;
export const SETTINGS = ["settings"] as const;

interface Session {
  me: Me;
  settings: Settings;
}

export const SessionContext = createContext<Session | null>(null);

/** The signed-in person; only below the signed-in frame. */
export function useMe(): Me {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useMe is used outside the signed-in frame");
  return session.me;
}

export function useSettings(): Settings {
  return useContext(SessionContext)?.settings ?? { company: "", version: "" };
}

/** The company's currency, an ISO 4217 code. */
export function useCurrency(): string {
  return useSettings().currency ?? "CNY";
}

/** Whether the person may do it; without a name: yes. */
export function allowed(me: Me, permission: string | undefined): boolean {
  return !permission || me.can.includes(permission);
}

export function useCan(permission: string): boolean {
  return allowed(useMe(), permission);
}

type Stored = Omit<Me, "language"> & { language: "zh-hans" | "en" | null };

function fromServer(stored: Stored): Me {
  return { ...stored, language: stored.language === "zh-hans" ? "zh" : stored.language };
}

/** null when nobody is signed in. */
async function readMe(): Promise<Me | null> {
  try {
    return fromServer(await get<Stored>("/me"));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const useMeQuery = () => useQuery({ queryKey: ME, queryFn: readMe, staleTime: 5 * 60_000 });

export const useSettingsQuery = () =>
  useQuery({ queryKey: SETTINGS, queryFn: () => get<Settings>("/settings"), staleTime: 60 * 60_000 });

/** Saves language, theme and the like at the person, without making the page wait. */
export function useSavePreference() {
  const client = useQueryClient();
  return async (change: Partial<Pick<Me, "language" | "theme" | "name" | "email">>) => {
    if (!client.getQueryData(ME)) return;
    client.setQueryData<Me | null>(ME, (me) => (me ? { ...me, ...change } : me));
    try {
      const language = change.language === "zh" ? "zh-hans" : change.language;
      client.setQueryData(ME, fromServer(await patch<Stored>("/me", { ...change, ...(language ? { language } : {}) })));
    } catch {
      // A preference that could not be kept is kept in this browser alone.
    }
  };
}
