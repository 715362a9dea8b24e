import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { isSignedOut, SignInAgain } from "./SignInAgain";
import { ErrorDetails, useErrorText } from "./states";

/** What went wrong with a form, above its buttons; nothing when nothing did. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useTranslation("shared");
  const text = useErrorText();
  if (!error) return null;
  const wayOn = (
    <>
      {t("error.sign_in_again_why")} <SignInAgain />
    </>
  );
  return <Alert type="error" showIcon title={text(error)} description={isSignedOut(error) ? wayOn : <ErrorDetails error={error} />} />;
}
