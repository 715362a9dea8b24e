import { Alert } from "antd";
import { ErrorDetails, useErrorText } from "./states";

/** What went wrong with a form, above its buttons; nothing when nothing did. */
export function FormError({ error }: { error: unknown }) {
  const text = useErrorText();
  if (!error) return null;
  return <Alert type="error" showIcon title={text(error)} description={<ErrorDetails error={error} />} />;
}
