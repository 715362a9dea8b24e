import { useQueryClient } from "@tanstack/react-query";

/**
 * Makes all that is known of customers old, when the page of one is about to be left that may be out of sight now.
 * The page still stands for a moment, so nothing is asked again at once: the next page asks for what it shows.
 */
export function useLeaveCustomer(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["customers"], refetchType: "none" });
}
