import { ApiError } from "../api/request";
import type { Failed } from "../api/types";
import { ErrorDetails, useErrorText } from "./states";

/** Why work in the background failed, in words; of work done before its reason was kept, the sentence of that time. */
export function Failure({ of: { failure, error } }: { of: Failed }) {
  const text = useErrorText();
  const known = new ApiError(0, failure?.code ?? "unworded", failure?.message ?? error ?? "", failure?.details ?? []);
  // Nobody filled in a form: what was wrong with the work stands in the details.
  const told = known.code === "invalid" && known.details.length > 0;
  return (
    <>
      {!told && text(known)}
      <ErrorDetails error={known} />
    </>
  );
}
