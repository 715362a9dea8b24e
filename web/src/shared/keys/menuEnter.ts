/**
 * Enter on an entry of a menu chooses it and does nothing more.
 *
 * The entry acts when the key goes down. What it opens has the focus before the browser presses what is focused:
 * a dialog would be closed, or agreed to, by the very key that opened it.
 */
export function chooseOnceByEnter(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.target instanceof HTMLElement)) return;
  if (event.target.matches("li[role=menuitem]")) event.preventDefault();
}
