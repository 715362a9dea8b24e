import { useState } from "react";
import { RecordDialog } from "@/features/customers";
import { DutyList } from "@/features/treatment";

/** All duties; a contact entered here keeps one. */
export function Component() {
  const [recording, setRecording] = useState<number | null>(null);
  return (
    <>
      <DutyList onRecord={setRecording} />
      {recording !== null && <RecordDialog customerId={recording} kind="interactions" onClose={() => setRecording(null)} />}
    </>
  );
}
