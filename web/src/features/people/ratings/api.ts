/** Calls of ratings: what one is asked, rounds, results. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, request } from "@/shared/api/request";

type Schemas = components["schemas"];

export type Rating = Schemas["RatingOut"];
export type RatingRound = Schemas["RatingRoundOut"];
export type RatingSettings = Schemas["RatingSettingsOut"];
export type RoundResult = Schemas["RoundResultOut"];
export type DutyResult = Schemas["DutyResultOut"];

const RATINGS = ["people", "ratings"] as const;

export const useMyRatings = () => useQuery({ queryKey: [...RATINGS, "mine"], queryFn: () => get<Rating[]>("/me/ratings") });
export const useRounds = () => useQuery({ queryKey: [...RATINGS, "rounds"], queryFn: () => get<RatingRound[]>("/people/rating-rounds") });
export const useRatingSettings = () => useQuery({ queryKey: [...RATINGS, "settings"], queryFn: () => get<RatingSettings>("/people/rating-settings") });
export const useResults = (personId: number) => useQuery({ queryKey: [...RATINGS, "results", personId], queryFn: () => get<RoundResult[]>(`/people/${personId}/ratings`) });

export const saveRatingSettings = (given: RatingSettings) => request<RatingSettings>("PUT", "/people/rating-settings", { body: given });

export function useRefreshRatings(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: RATINGS });
}

export function useOpenRound() {
  const refresh = useRefreshRatings();
  return useMutation({ mutationFn: () => post<RatingRound>("/people/rating-rounds"), onSuccess: refresh });
}

interface Given {
  id: number;
  mark: number | null;
  comment: string;
}

/** Gives a rating; the list keeps its order, only this one changes. */
export function useRate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...given }: Given) => request<Rating>("PUT", `/me/ratings/${id}`, { body: given }),
    onSuccess: (saved) => client.setQueryData<Rating[]>([...RATINGS, "mine"], (all) => all?.map((one) => (one.id === saved.id ? saved : one))),
  });
}
