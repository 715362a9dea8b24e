import { App } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

type Typed = HTMLInputElement | HTMLTextAreaElement;

const isTyped = (target: EventTarget | null): target is Typed => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** How many characters what is about to be entered has too many for its field; 0 when it fits or nothing bounds it. */
export function tooMany(field: Pick<Typed, "maxLength" | "value" | "selectionStart" | "selectionEnd">, entered: string): number {
  if (field.maxLength < 0) return 0;
  const replaced = (field.selectionEnd ?? 0) - (field.selectionStart ?? 0);
  return Math.max(0, field.value.length - replaced + entered.length - field.maxLength);
}

/** Says so when a field takes no more than it can hold: the browser cuts what is pasted or typed without a word. */
export function CutNotice() {
  const { t } = useTranslation("app");
  const { message } = App.useApp();
  useEffect(() => {
    const look = (event: InputEvent) => {
      const entered = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
      if (event.isComposing || !isTyped(event.target) || tooMany(event.target, entered) === 0) return;
      void message.warning({ key: "cut", content: t("frame.cut", { count: event.target.maxLength }) });
    };
    document.addEventListener("beforeinput", look);
    return () => document.removeEventListener("beforeinput", look);
  }, [message, t]);
  return null;
}
