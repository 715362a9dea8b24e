/** Calls of the weekly lists. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { apiUrl, get, post } from "@/shared/api/request";
import type { Job, Standing } from "@/shared/api/types";

type Schemas = components["schemas"];
export type Weekly = Schemas["WeeklyListOut"];
export type Wish = Schemas["WeeklyWishOut"];
export interface Line extends Omit<Schemas["WeeklyLineOut"], "customer"> {
  customer: Omit<Schemas["WeeklyCustomerOut"], "grade"> & { grade: Standing };
}

export interface Asked {
  week: string | null;
  department_id: string | null;
}

const KEY = ["quality", "weekly"];

export const useWeekly = (asked: Asked) =>
  useQuery({ queryKey: [...KEY, asked], queryFn: () => get<Weekly>("/quality/weekly", { ...asked }), placeholderData: keepPreviousData });
export const makeWeekly = () => post<Job>("/quality/weekly");
export const weeklyFile = (asked: Asked, format: "csv" | "xlsx", language: string) => apiUrl("/quality/weekly/export", { ...asked, format, language });

export function useVerifyListed() {
  const refresh = useRefreshWeekly();
  return useMutation({ mutationFn: (customerId: number) => post(`/customers/${customerId}/verified`), onSuccess: refresh });
}

/** Asks again what is done of the list. */
export function useRefreshWeekly(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: KEY });
}
