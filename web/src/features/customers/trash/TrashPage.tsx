import { Navigate, useSearchParams } from "react-router";
import { TrashList } from "./TrashList";

/** Customers that were deleted; an address of before, that asked for contacts, leads to theirs. */
export function Component() {
  const [params] = useSearchParams();
  const q = params.get("q");
  if (params.get("type") === "contact") return <Navigate replace to={{ pathname: "/trash/contacts", search: q ? `?${new URLSearchParams({ q })}` : "" }} />;
  return <TrashList type="customer" />;
}
