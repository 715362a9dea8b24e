import { ErrorState } from "@/shared/ui/states";
import { DateOrder, asksDateOrder } from "./DateOrder";
import { Feet } from "./Feet";
import type { StepProps } from "./step";

interface Props extends Pick<StepProps, "draft" | "change" | "back"> {
  error: unknown;
  retry: () => void;
}

/** The file could not be read as chosen: why, what may be corrected here, and the way back to the choices. */
export function PreviewFailed({ error, retry, draft, change, back }: Props) {
  return (
    <>
      <ErrorState error={error} retry={retry} />
      {asksDateOrder(error) && <DateOrder draft={draft} change={change} />}
      <Feet back={back}>{null}</Feet>
    </>
  );
}
