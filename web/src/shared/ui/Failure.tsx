import { ApiError } from "../api/request";
import type { Failed } from "../api/types";
import { ErrorDetails, useErrorText } from "./states";

/** Why work in the background failed, in words; of work done before its reason was kept, the sentence of that time. */
export function Failure({ of: { failure, error } }: { of: Failed }) {
  const text = useErrorText();
  const known = new ApiError(0, failure?.code ?? "unworded", failure?.message ?? error ?? "", failure?.details ?? []);
  return (
    <>
      {text(known)}
      <ErrorDetails error={known} />
    </>
  );
}
