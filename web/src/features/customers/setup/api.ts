/** Calls that decide what is kept of customers: attributes and the classification. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, patch, post, remove, request } from "@/shared/api/request";

type Schemas = components["schemas"];
export type Definition = Schemas["AttributeSetupOut"];
export type Dimension = Schemas["DimensionOut"];
export type Category = Schemas["CategoryOut"];
export type AttributeGiven = Schemas["AttributeChangeIn"];

export const TYPES = ["text", "number", "money", "date", "choice", "choices", "yes_no", "reference"] as const;

export const useDefinitions = () =>
  useQuery({
    queryKey: ["attributes", "setup"],
    queryFn: () => get<Definition[]>("/attributes/setup"),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.index_state === "building") ? 2_000 : false),
  });
export const useUsage = () => useQuery({ queryKey: ["attributes", "usage"], queryFn: () => get<Schemas["UsageOut"]>("/attributes/usage"), staleTime: 5 * 60_000 });
export const useDimensions = () => useQuery({ queryKey: ["customers", "dimensions"], queryFn: () => get<Dimension[]>("/dimensions"), staleTime: 5 * 60_000 });
export const useClassCounts = (code: string | undefined) =>
  useQuery({
    queryKey: ["customers", "dimensions", code, "counts"],
    queryFn: () => get<Schemas["CategoryCountOut"][]>(`/dimensions/${code}/counts`),
    enabled: code !== undefined,
  });

export const saveAttribute = (code: string | null, given: AttributeGiven & { code?: string }) =>
  code ? patch<Definition>(`/attributes/${code}`, given) : post<Definition>("/attributes", given);
export const tryFormula = (formula: string, code: string, customer_id: number | null) => post<Schemas["FormulaOut"]>("/attributes/formula", { formula, code, customer_id });

type Step = { code: string; what: "archive" | "fetch" | "index" | "drop_index" | "delete" };

/** What is done to an attribute from its row. */
export function useAttributeStep() {
  const refresh = useRefreshSetup();
  return useMutation({
    mutationFn: ({ code, what }: Step): Promise<unknown> => {
      if (what === "delete") return remove<void>(`/attributes/${code}`);
      if (what === "archive" || what === "fetch") return post<Definition>(`/attributes/${code}/archive`, { archived: what === "archive" });
      return post<Definition>(`/attributes/${code}/index`, { indexed: what === "index" });
    },
    onSuccess: refresh,
  });
}

export const saveDimension = (code: string | null, given: Schemas["DimensionChangeIn"] & { code?: string }) =>
  code ? patch<Dimension>(`/dimensions/${code}`, given) : post<Dimension>("/dimensions", given);
export const saveCategory = (dimension: string, id: number | null, given: Schemas["CategoryChangeIn"]) =>
  id ? patch<Category>(`/categories/${id}`, given) : post<Category>(`/dimensions/${dimension}/categories`, given);
export const deleteDimension = (code: string) => remove<void>(`/dimensions/${code}`);
export const deleteCategory = (id: number) => remove<void>(`/categories/${id}`);
export const setClasses = (customer: number, dimension: string, categories: number[], seen: number[]) => request<Schemas["CustomerOut"]>("PUT", `/customers/${customer}/classes/${dimension}`, { body: { categories, seen } });

/** Makes old what is known of attributes, dimensions and the fields made of them. */
export function useRefreshSetup(): () => void {
  const client = useQueryClient();
  return () => {
    for (const key of ["attributes", "fields", "customers"]) void client.invalidateQueries({ queryKey: [key] });
  };
}
