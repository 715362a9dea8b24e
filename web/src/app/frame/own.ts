/** What somebody does about the own window and session: from the bar at the top, and from the palette. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { switchLanguage, useLanguage } from "@/shared/i18n/i18n";
import { signOut } from "@/shared/session/door";
import { ME, useSavePreference } from "@/shared/session/session";
import { useThemeMode } from "@/shared/theme/ThemeProvider";

/** The other language, called as those call it who read it. */
export function useOtherLanguage() {
  const language = useLanguage();
  const save = useSavePreference();
  const next = language === "zh" ? "en" : "zh";
  const change = () => {
    void switchLanguage(next);
    void save({ language: next });
  };
  return { next, label: next === "en" ? "Switch to English" : "切换为简体中文", change };
}

export function useOtherTheme() {
  const { mode, choose } = useThemeMode();
  const save = useSavePreference();
  const next: "light" | "dark" = mode === "dark" ? "light" : "dark";
  const change = () => {
    choose(next);
    void save({ theme: next });
  };
  return { next, change };
}

export function useLeave(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    client.clear();
    client.setQueryData(ME, null);
    await navigate("/sign-in");
  };
  return () => void leave();
}
