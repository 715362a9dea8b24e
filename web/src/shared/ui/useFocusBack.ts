import { useEffect } from "react";

/** What opens above a page and goes away again. */
const ABOVE = ".ant-dropdown, .ant-modal-wrap, .ant-popover, .ant-select-dropdown, .ant-picker-dropdown";

/** Where on the page itself the keyboard was last. */
let last: HTMLElement | null = null;
if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(ABOVE)) last = target;
  });
}

/** When the dialog is gone the keyboard goes on where it was before, also when a menu that is gone too opened it. */
export function useFocusBack(): void {
  useEffect(() => {
    const from = last;
    return () => {
      // After whatever the dialog's end itself gives the focus to.
      setTimeout(() => {
        if (document.activeElement === document.body && from?.isConnected) from.focus({ preventScroll: true });
      }, 350);
    };
  }, []);
}
