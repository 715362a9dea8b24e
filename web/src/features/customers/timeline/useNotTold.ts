import { App } from "antd";
import { useTranslation } from "react-i18next";
import type { Note } from "./notes";

/** Says which of the mentioned were not told, because they do not see the customer. */
export function useNotTold(): (note: Note) => void {
  const { t } = useTranslation(["customers", "shared"]);
  const { message } = App.useApp();
  return (note) => {
    if (note.not_told.length === 0) return void message.success(t("notes.saved"));
    void message.warning(t("notes.not_told", { names: note.not_told.map((one) => one.name).join(t("shared:filter.join")) }), 8);
  };
}
