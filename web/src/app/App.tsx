import { QueryClientProvider } from "@tanstack/react-query";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { Locale } from "antd/es/locale";
import { Suspense, useEffect, useState } from "react";
import { RouterProvider } from "react-router";
import { createQueryClient } from "@/shared/api/queryClient";
import { useLanguage } from "@/shared/i18n/i18n";
import { chooseOnceByEnter } from "@/shared/keys/menuEnter";
import { ThemeProvider } from "@/shared/theme/ThemeProvider";
import { createRouter } from "./router";

const router = createRouter();
const queryClient = createQueryClient();

function useAntdLocale(): Locale | undefined {
  const language = useLanguage();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
    const load = language === "zh" ? import("antd/locale/zh_CN") : import("antd/locale/en_US");
    void load.then((module) => setLocale(module.default));
  }, [language]);
  return locale;
}

export function App() {
  const locale = useAntdLocale();
  useEffect(() => {
    document.addEventListener("keydown", chooseOnceByEnter, true);
    return () => document.removeEventListener("keydown", chooseOnceByEnter, true);
  }, []);
  // A locale that came later would set up every page anew, and what was typed meanwhile would be gone.
  if (!locale) return null;
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider locale={locale}>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
        </Suspense>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
