import { useState } from "react";
import { PoolPage } from "@/features/assignment";
import { RecordDialog } from "@/features/customers";

/** The public pool; a contact entered here keeps a customer about to fall back. */
export function Component() {
  const [recording, setRecording] = useState<number | null>(null);
  return (
    <>
      <PoolPage onRecord={setRecording} />
      {recording !== null && <RecordDialog customerId={recording} kind="interactions" onClose={() => setRecording(null)} />}
    </>
  );
}
