/** What can be done with what is on the page: offered by the palette while the page is open. */
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from "react";

interface Command {
  code: string;
  label: string;
  /** What it acts on, such as the name of the customer or "12 chosen". */
  about?: string;
  icon?: ReactNode;
  run: () => void;
}

let registered: Command[] = [];
const watching = new Set<() => void>();

function change(next: Command[]): void {
  registered = next;
  watching.forEach((tell) => tell());
}

/** Commands that hold while the caller is shown. */
export function useCommands(commands: Command[]): void {
  const now = useRef(commands);
  useEffect(() => {
    now.current = commands;
  });
  const signature = JSON.stringify(commands.map(({ code, label, about }) => [code, label, about]));
  useEffect(() => {
    const mine = now.current.map((command, at) => ({ ...command, run: () => now.current[at]?.run() }));
    change([...registered, ...mine]);
    return () => change(registered.filter((command) => !mine.includes(command)));
  }, [signature]);
}

const watch = (tell: () => void) => {
  watching.add(tell);
  return () => void watching.delete(tell);
};

export const useAllCommands = (): Command[] => useSyncExternalStore(watch, () => registered);
