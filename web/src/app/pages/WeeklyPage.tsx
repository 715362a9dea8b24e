import { useState } from "react";
import { FillDialog } from "@/features/customers";
import { useRefreshWeekly, WeeklyLists } from "@/features/quality";

/** The weekly list; what is asked for is filled in on the spot. */
export function Component() {
  const refresh = useRefreshWeekly();
  const [filling, setFilling] = useState<{ customerId: number; code: string } | null>(null);
  const close = () => {
    setFilling(null);
    refresh();
  };
  return (
    <>
      <WeeklyLists onFill={(customerId, code) => setFilling({ customerId, code })} />
      {filling && <FillDialog {...filling} onClose={close} />}
    </>
  );
}
