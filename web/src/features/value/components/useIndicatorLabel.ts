import { useTranslation } from "react-i18next";
import { useLabel } from "@/shared/i18n/i18n";
import { useCatalogue } from "../api";

/** The name of an indicator by its code; a window in the key ("revenue@12") is said in words. */
export function useIndicatorLabel(): (key: string) => string {
  const { t } = useTranslation("value");
  const catalogue = useCatalogue();
  const label = useLabel();
  return (key) => {
    const [code = key, months] = key.split("@");
    const known = catalogue.data?.find((entry) => entry.code === code);
    const name = known ? label(known.label) : code.replace(/^attribute:/, "");
    return months ? t("indicator.with_window", { name, months }) : name;
  };
}
