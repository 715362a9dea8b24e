/** The calls of the value capability. Every key begins with "value", so that a finished run makes all of it old. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/shared/api/request";
import type { Page } from "@/shared/api/types";
import type {
  Advice, AhpAnswer, CatalogueEntry, CustomerValueAnswer, Difference, Distribution, IndicatorRecords, ModelDocument, ModelSummary, Movement,
  PyramidAnswer, Run, RunDetail, Version, VersionDetail, WhatIf,
} from "./types";

export const useModels = () => useQuery({ queryKey: ["value", "models"], queryFn: () => get<ModelSummary[]>("/value/models") });

export const useCatalogue = () =>
  useQuery({ queryKey: ["value", "indicators"], queryFn: () => get<CatalogueEntry[]>("/value/indicators"), staleTime: Infinity });

export const usePyramid = (model: number | undefined, run?: number | null) =>
  useQuery({
    queryKey: ["value", "pyramid", model, run ?? null],
    queryFn: () => get<PyramidAnswer>("/value/pyramid", { model, run }),
    enabled: model !== undefined,
  });

export const useMovement = (model: number | undefined, from: number | null, to?: number | null) =>
  useQuery({
    queryKey: ["value", "movement", model, from, to ?? null],
    queryFn: () => get<Movement>("/value/movement", { model, from, to }),
    enabled: model !== undefined && from !== null,
    placeholderData: keepPreviousData,
  });

export const useAdvice = (model: number | undefined) =>
  useQuery({ queryKey: ["value", "adviser", model], queryFn: () => get<Advice>("/value/adviser", { model }), enabled: model !== undefined });

export const useCustomerValue = (id: number) =>
  useQuery({ queryKey: ["value", "customer", id], queryFn: () => get<CustomerValueAnswer>(`/value/customers/${id}`) });

export const useIndicatorRecords = (id: number, code: string | null) =>
  useQuery({
    queryKey: ["value", "customer", id, "records", code],
    queryFn: () => get<IndicatorRecords>(`/value/customers/${id}/indicators/${encodeURIComponent(code ?? "")}/records`),
    enabled: code !== null,
  });

export const useVersions = (model: number | undefined) =>
  useQuery({
    queryKey: ["value", "versions", model],
    queryFn: () => get<Version[]>(`/value/models/${model}/versions`),
    enabled: model !== undefined,
  });

export const useVersion = (id: number | undefined | null) =>
  useQuery({ queryKey: ["value", "version", id], queryFn: () => get<VersionDetail>(`/value/versions/${id}`), enabled: Boolean(id), staleTime: Infinity });

export const useDifference = (a: number | null, b: number | null) =>
  useQuery({
    queryKey: ["value", "diff", a, b],
    queryFn: () => get<Difference[]>(`/value/versions/${a}/diff/${b}`),
    enabled: a !== null && b !== null && a !== b,
    staleTime: Infinity,
  });

export const useDistributions = (model: number | undefined) =>
  useQuery({
    queryKey: ["value", "distributions", model],
    queryFn: () => get<Distribution[]>(`/value/models/${model}/distributions`),
    enabled: model !== undefined,
  });

/** The changed model scored on the values already computed; keeps the last answer while the next is on its way. */
export const useWhatIf = (model: number | undefined, document: ModelDocument | null) =>
  useQuery({
    queryKey: ["value", "what-if", model, document],
    queryFn: ({ signal }) => post<WhatIf>(`/value/models/${model}/what-if`, { document }, { signal }),
    enabled: model !== undefined && document !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });

export const judge = (labels: string[], judgements: number[][]) => post<AhpAnswer>("/value/weights/ahp", { labels, judgements });

export const entropyWeights = (model: number, document: ModelDocument) =>
  post<{ weights: Record<string, number> }>(`/value/models/${model}/weights/entropy`, { document });

export const validate = (input: { document?: ModelDocument; toml?: string }) =>
  post<{ document: ModelDocument; toml: string }>("/value/models/validate", input);

export function usePublish(model: number | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { document: ModelDocument; note: string }) => post<Version>(`/value/models/${model}/versions`, input),
    onSuccess: () => client.invalidateQueries({ queryKey: ["value"] }),
  });
}

export const useRuns = (model: number | undefined) =>
  useInfiniteQuery({
    queryKey: ["value", "runs", "list", model ?? null],
    queryFn: ({ pageParam }) => get<Page<Run>>("/value/runs", { model, limit: 30, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const useRun = (id: number) => useQuery({ queryKey: ["value", "runs", "detail", id], queryFn: () => get<RunDetail>(`/value/runs/${id}`) });

export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { model_id: number; as_of?: string | null }) => post<Run>("/value/runs", input),
    onSettled: () => client.invalidateQueries({ queryKey: ["value", "runs"] }),
  });
}

export function useRepeatRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => post<Run>(`/value/runs/${id}/repeat`),
    onSettled: () => client.invalidateQueries({ queryKey: ["value", "runs"] }),
  });
}
