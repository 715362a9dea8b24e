import { TrashList } from "./TrashList";

/** Contacts that were deleted. */
export function Component() {
  return <TrashList type="contact" />;
}
