/** Calls of /quality and of a customer's own quality. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post } from "@/shared/api/request";
import type { Job } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Summary = Schemas["QualitySummaryOut"];
export type Counted = Schemas["QualityCountOut"];
export type Standing = Schemas["QualityOfOut"];
export type Part = Schemas["QualityPartOut"];
export type Finding = Schemas["QualityFindingOut"];
type CustomerQuality = Schemas["CustomerQualityOut"];

export const useSummary = () => useQuery({ queryKey: ["quality", "summary"], queryFn: () => get<Summary>("/quality/summary") });

/** Under the customer's key, so that whatever makes the customer old makes this old too. */
const own = (customerId: number) => ["customers", "detail", customerId, "quality"];

export const useCustomerQuality = (customerId: number) =>
  useQuery({ queryKey: own(customerId), queryFn: () => get<CustomerQuality>(`/customers/${customerId}/quality`) });

export function useVerify(customerId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post<CustomerQuality>(`/customers/${customerId}/verified`),
    onSuccess: (found) => {
      client.setQueryData(own(customerId), found);
      void client.invalidateQueries({ queryKey: ["customers", "list"] });
    },
  });
}

export const startRating = () => post<Job>("/quality/rate");
