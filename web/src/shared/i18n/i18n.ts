/** Two languages, each word written in both; files per feature are loaded when first needed. */
import i18next, { type BackendModule, type i18n } from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Bilingual } from "../api/types";

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
const KEY = "jinzita.language";

type Loader = () => Promise<unknown>;
type Words = { default: Record<string, unknown> };

/** Chosen before, else the browser's first language that we have, else Chinese. */
function detectLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === "zh" || kept === "en") return kept;
  for (const wanted of navigator.languages ?? [navigator.language]) {
    if (wanted.toLowerCase().startsWith("zh")) return "zh";
    if (wanted.toLowerCase().startsWith("en")) return "en";
  }
  return "zh";
}

function backend(find: (language: string, namespace: string) => Loader | undefined): BackendModule {
  return {
    type: "backend",
    init: () => undefined,
    read: (language, namespace, done) => {
      const load = find(language, namespace);
      if (!load) return done(new Error(`no words for ${language}/${namespace}`), false);
      load().then((words) => done(null, (words as Words).default), (error: Error) => done(error, false));
    },
  };
}

export async function startI18n(find: (language: string, namespace: string) => Loader | undefined): Promise<i18n> {
  const language = detectLanguage();
  i18next.on("languageChanged", (code) => {
    document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
  });
  await i18next
    .use(backend(find))
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ["shared", "app"],
      defaultNS: "shared",
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  return i18next;
}

export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n: instance } = useTranslation();
  return instance.language === "en" ? "en" : "zh";
}

/** The text of a label that comes from the server in both languages. */
function inLanguage(text: Bilingual | null | undefined, language: Language): string {
  if (!text) return "";
  return typeof text === "string" ? text : text[language] || text.en || text.zh || "";
}

export function useLabel(): (text: Bilingual | null | undefined) => string {
  const language = useLanguage();
  return useCallback((text) => inLanguage(text, language), [language]);
}
