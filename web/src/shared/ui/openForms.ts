/** Forms that stand open: what is typed into them is not to be taken away. */
import { useEffect } from "react";

let open = 0;
const waiting = new Set<() => void>();

/** This form is open as long as it is shown; one that always stands on its page, as long as something is `typed`. */
export function useOpenForm(typed = true): void {
  useEffect(() => {
    if (!typed) return;
    open += 1;
    return () => {
      open -= 1;
      if (open > 0) return;
      const all = [...waiting];
      waiting.clear();
      all.forEach((act) => act());
    };
  }, [typed]);
}

export const isFormOpen = () => open > 0;

/** Done when the last open form is closed; what waits already is done once. */
export const onceFormsAreClosed = (act: () => void) => void waiting.add(act);
