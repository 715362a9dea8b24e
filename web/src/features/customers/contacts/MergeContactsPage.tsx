import { MergePage } from "../merge/MergePage";

/** Contacts side by side. */
export function Component() {
  return <MergePage what="contact" />;
}
