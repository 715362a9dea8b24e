/** What a customer's group is worth. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get } from "@/shared/api/request";

export const useGroupValue = (customerId: number) =>
  useQuery({ queryKey: ["value", "group", customerId], queryFn: () => get<components["schemas"]["GroupValueOut"]>(`/value/customers/${customerId}/group`) });
