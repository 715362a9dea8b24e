import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Bilingual } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { useCatalogue } from "../api";

interface Named {
  code: string;
  window_months: number | null;
  label: Bilingual;
}

/** The name of an indicator as an answer carries it, with its window when it has one. */
export function useIndicatorName(): (one: Named) => string {
  const { t } = useTranslation("value");
  const label = useLabel();
  return useCallback(
    (one) => {
      const name = label(one.label) || one.code;
      return one.window_months ? t("indicator.with_window", { name, months: one.window_months }) : name;
    },
    [t, label],
  );
}

/** The name of an indicator by its key alone ("revenue@12"), from the catalogue. */
export function useIndicatorLabel(): (key: string) => string {
  const catalogue = useCatalogue();
  const name = useIndicatorName();
  return (key) => {
    const [code = key, months] = key.split("@");
    const known = catalogue.data?.find((entry) => entry.code === code);
    return name({ code, window_months: months ? Number(months) : null, label: known ? known.label : code.replace(/^attribute:/, "") });
  };
}
