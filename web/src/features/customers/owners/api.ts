/** The call of the history of owners. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get } from "@/shared/api/request";

type Ownership = components["schemas"]["OwnershipOut"];

export const useOwnerships = (customerId: number) =>
  useQuery({ queryKey: ["customers", "owners", customerId], queryFn: () => get<Ownership[]>(`/customers/${customerId}/owners`) });
