/** The calls of the value capability. Every key begins with "value", so that a finished run makes all of it old. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import { get } from "@/shared/api/request";
import type { Field } from "@/shared/api/types";
import type {
  Advice, AhpAnswer, CatalogueEntry, CustomerValueAnswer, Distribution, ModelDocument, ModelSummary, ModelText, Movement, PyramidAnswer, Run,
  RunDetail, VersionDetail, WhatIf,
} from "./types";

/** A model document crosses the wire as an open object, which an interface is not. */
const open = (document: ModelDocument) => document as unknown as Record<string, unknown>;

export const useModels = () =>
  useQuery({ queryKey: ["value", "models"], queryFn: () => answer(api.GET("/api/v1/value/models")) as Promise<ModelSummary[]> });

export const useCatalogue = () =>
  useQuery({
    queryKey: ["value", "indicators"],
    queryFn: () => answer(api.GET("/api/v1/value/indicators")) as Promise<CatalogueEntry[]>,
    staleTime: Infinity,
  });

/** What customers can be chosen by; the same that their list is filtered by. */
export const useCustomerFields = () => useQuery({ queryKey: ["fields", "customers"], queryFn: () => get<Field[]>("/fields/customers"), staleTime: 60 * 60_000 });

/** How many customers these conditions choose now. */
export const usePopulationCount = (all: Record<string, unknown>[]) =>
  useQuery({
    queryKey: ["value", "population", all],
    queryFn: ({ signal }) => get<{ count: number }>("/customers/count", all.length > 0 ? { filter: JSON.stringify({ all }) } : {}, signal),
    retry: false,
  });

export const usePyramid = (model: number | undefined, run?: number | null) =>
  useQuery({
    queryKey: ["value", "pyramid", model, run ?? null],
    queryFn: () => answer(api.GET("/api/v1/value/pyramid", { params: { query: { model, run: run ?? undefined } } })) as Promise<PyramidAnswer>,
    enabled: model !== undefined,
  });

export const useMovement = (model: number | undefined, from: number | null, to?: number | null) =>
  useQuery({
    queryKey: ["value", "movement", model, from, to ?? null],
    queryFn: () =>
      answer(api.GET("/api/v1/value/movement", { params: { query: { model, from: from ?? undefined, to: to ?? undefined } } })) as Promise<Movement>,
    enabled: model !== undefined && from !== null,
    placeholderData: keepPreviousData,
  });

export const useAdvice = (model: number | undefined) =>
  useQuery({
    queryKey: ["value", "adviser", model],
    queryFn: () => answer(api.GET("/api/v1/value/adviser", { params: { query: { model } } })) as Promise<Advice>,
    enabled: model !== undefined,
  });

export const useCustomerValue = (id: number) =>
  useQuery({
    queryKey: ["value", "customer", id],
    queryFn: () => answer(api.GET("/api/v1/value/customers/{customer_id}", { params: { path: { customer_id: id } } })) as Promise<CustomerValueAnswer>,
  });

export const useIndicatorRecords = (id: number, key: string | null) =>
  useQuery({
    queryKey: ["value", "customer", id, "records", key],
    queryFn: () =>
      answer(api.GET("/api/v1/value/customers/{customer_id}/indicators/{key}/records", { params: { path: { customer_id: id, key: key ?? "" } } })),
    enabled: key !== null,
  });

export const useVersions = (model: number | undefined) =>
  useQuery({
    queryKey: ["value", "versions", model],
    queryFn: () => answer(api.GET("/api/v1/value/models/{model_id}/versions", { params: { path: { model_id: model ?? 0 } } })),
    enabled: model !== undefined,
  });

export const useVersion = (id: number | undefined | null) =>
  useQuery({
    queryKey: ["value", "version", id],
    queryFn: () =>
      answer(api.GET("/api/v1/value/versions/{version_id}", { params: { path: { version_id: id ?? 0 } } })) as unknown as Promise<VersionDetail>,
    enabled: Boolean(id),
    staleTime: Infinity,
  });

export const useDifference = (a: number | null, b: number | null) =>
  useQuery({
    queryKey: ["value", "diff", a, b],
    queryFn: () => answer(api.GET("/api/v1/value/versions/{a}/diff/{b}", { params: { path: { a: a ?? 0, b: b ?? 0 } } })),
    enabled: a !== null && b !== null && a !== b,
    staleTime: Infinity,
  });

export const useDistributions = (model: number | undefined) =>
  useQuery({
    queryKey: ["value", "distributions", model],
    queryFn: () =>
      answer(api.GET("/api/v1/value/models/{model_id}/distributions", { params: { path: { model_id: model ?? 0 } } })) as Promise<Distribution[]>,
    enabled: model !== undefined,
  });

/** The changed model scored on the values already computed; keeps the last answer while the next is on its way. */
export const useWhatIf = (model: number | undefined, document: ModelDocument | null) =>
  useQuery({
    queryKey: ["value", "what-if", model, document],
    queryFn: ({ signal }) =>
      answer(
        api.POST("/api/v1/value/models/{model_id}/what-if", {
          params: { path: { model_id: model ?? 0 } },
          body: { document: open(document as ModelDocument) },
          signal,
        }),
      ) as Promise<WhatIf>,
    enabled: model !== undefined && document !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });

export const judge = (labels: string[], judgements: number[][]): Promise<AhpAnswer> =>
  answer(api.POST("/api/v1/value/weights/ahp", { body: { labels, judgements } }));

export const entropyWeights = (model: number, document: ModelDocument) =>
  answer(api.POST("/api/v1/value/models/{model_id}/weights/entropy", { params: { path: { model_id: model } }, body: { document: open(document) } }));

/** Reads a model from its document or its TOML and gives it in both forms. */
export const validate = ({ document, toml }: { document?: ModelDocument; toml?: string }) =>
  answer(
    api.POST("/api/v1/value/models/validate", { body: { document: document ? open(document) : null, toml: toml ?? null } }),
  ) as unknown as Promise<ModelText>;

/** Done when the models know their new version, so that its page goes from the draft to it without the former in between. */
export function usePublish(model: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ document, note }: { document: ModelDocument; note: string }) =>
      answer(
        api.POST("/api/v1/value/models/{model_id}/versions", { params: { path: { model_id: model } }, body: { document: open(document), note } }),
      ) as unknown as Promise<VersionDetail>,
    onSuccess: async (version) => {
      client.setQueryData(["value", "version", version.id], version);
      await client.invalidateQueries({ queryKey: ["value", "models"] });
      void client.invalidateQueries({ queryKey: ["value"] });
    },
  });
}

export const useRuns = (model: number | undefined) =>
  useInfiniteQuery({
    queryKey: ["value", "runs", "list", model ?? null],
    queryFn: async ({ pageParam }) => {
      const page = await answer(api.GET("/api/v1/value/runs", { params: { query: { model, limit: 30, cursor: pageParam ?? undefined } } }));
      return { next: page.next, items: page.items as Run[] };
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.next === null ? null : Number(last.next)),
  });

export const useRun = (id: number) =>
  useQuery({
    queryKey: ["value", "runs", "detail", id],
    queryFn: () => answer(api.GET("/api/v1/value/runs/{run_id}", { params: { path: { run_id: id } } })) as Promise<RunDetail>,
  });

export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { model_id: number; as_of?: string | null }) => answer(api.POST("/api/v1/value/runs", { body })),
    onSettled: () => client.invalidateQueries({ queryKey: ["value", "runs"] }),
  });
}

export function useRepeatRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => answer(api.POST("/api/v1/value/runs/{run_id}/repeat", { params: { path: { run_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["value", "runs"] }),
  });
}
