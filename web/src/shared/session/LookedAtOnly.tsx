import { useContext, useMemo, type ReactNode } from "react";
import { CAN } from "./permissions";
import { SessionContext } from "./session";

const CHANGES: string[] = [CAN.createCustomers, CAN.editCustomers];

/** What is below may only be looked at where the server would refuse every change, whatever the role allows. */
export function LookedAtOnly({ when, children }: { when: boolean; children: ReactNode }) {
  const session = useContext(SessionContext);
  const narrowed = useMemo(
    () => (session && when ? { ...session, me: { ...session.me, can: session.me.can.filter((one) => !CHANGES.includes(one)) } } : session),
    [session, when],
  );
  return <SessionContext value={narrowed}>{children}</SessionContext>;
}
