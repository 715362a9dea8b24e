import { App } from "antd";
import { useErrorText } from "./states";

/** Says in a passing message why something did not work. */
export function useFailed(): (error: unknown) => void {
  const { message } = App.useApp();
  const errorText = useErrorText();
  return (error) => void message.error(errorText(error));
}

/** For what failed where the page shows it at the place it was begun. */
export const shownInPlace = () => undefined;
