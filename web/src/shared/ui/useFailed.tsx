import { App } from "antd";
import { isSignedOut, SignInAgain } from "./SignInAgain";
import { useErrorText } from "./states";

/** Says in a passing message why something did not work. */
export function useFailed(): (error: unknown) => void {
  const { message } = App.useApp();
  const errorText = useErrorText();
  return (error) => void message.error(isSignedOut(error) ? <>{errorText(error)} <SignInAgain /></> : errorText(error));
}

/** For what failed where the page shows it at the place it was begun. */
export const shownInPlace = () => undefined;
