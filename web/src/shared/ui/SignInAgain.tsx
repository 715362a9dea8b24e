import { useTranslation } from "react-i18next";
import { ApiError } from "../api/request";

/** Whether something was refused because nobody is signed in any more. */
export const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

/** The way to sign in again in a window of its own, so that the page stays as it is filled in. */
export function SignInAgain() {
  const { t } = useTranslation("shared");
  return (
    <a href="/sign-in" target="_blank" rel="noopener">
      {t("error.sign_in_again")}
    </a>
  );
}
