/** Calls of /imports and /demo. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, remove } from "@/shared/api/request";
import type { Field, Job, JobState, Page } from "@/shared/api/types";

export const KINDS = ["customers", "contacts", "addresses", "channels", "relations", "consents", "products", "transactions", "transaction_lines", "invoices", "receipts", "interactions", "opportunities"] as const;
export type ImportKind = (typeof KINDS)[number];
/** Kinds whose rows name a customer that may not be known yet. */
export const NAMING_CUSTOMERS: ImportKind[] = ["contacts", "addresses", "channels", "relations", "consents", "transactions", "transaction_lines", "invoices", "receipts", "interactions", "opportunities"];

/** Kinds whose rows are added to those there are. */
export const ADDED: ImportKind[] = ["addresses", "channels", "relations"];

type Schemas = components["schemas"];
type Exactly<T, Fields> = Omit<T, keyof Fields> & Fields;

export type Column = Schemas["ColumnOut"];
export type Upload = Schemas["UploadOut"];
export type ImportRequest = Exactly<Schemas["PlanIn"], { kind: ImportKind }>;
export type PreviewRow = Schemas["PreviewRowOut"];
export type Preview = Schemas["PreviewOut"];
export type Import = Exactly<Schemas["ImportOut"], { kind: ImportKind }>;
export type DemoPart = Exactly<Schemas["DemoPartOut"], { code: "carrier" | "retail" }>;
export type Template = Exactly<Schemas["TemplateOut"], { kind: ImportKind; choices: Partial<ImportRequest> }>;
export type Corrections = Required<Schemas["CorrectionsIn"]>;
export type Words = Record<string, Record<string, string>>;
export type Mapping = Record<string, string | null>;

export const isActive = (state: JobState) => state === "waiting" || state === "running";
export const IMPORTS = ["integration", "imports"] as const;
const DEMO = ["integration", "demo"] as const;

export const useFields = (kind: ImportKind) =>
  useQuery({ queryKey: ["fields", kind], queryFn: () => get<Field[]>(`/fields/${kind}`), staleTime: 60 * 60_000 });

/** What the server makes of the file with these choices; asked again whenever one of them changes. */
export const usePreview = (given: ImportRequest, enabled: boolean) =>
  useQuery({
    queryKey: ["integration", "preview", given],
    queryFn: ({ signal }) => post<Preview>("/imports/preview", given, { signal }),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Where recent files came from, as their makers called it. */
export const useSources = () =>
  useQuery({
    queryKey: [...IMPORTS, "sources"],
    queryFn: async () => [...new Set((await get<Page<Import>>("/imports", { limit: 50 })).items.map((one) => one.source))],
  });

export const useImport = (id: number) =>
  useQuery({
    queryKey: [...IMPORTS, id],
    queryFn: () => get<Import>(`/imports/${id}`),
    // News come by the stream; asking as well keeps the rate and the time left fresh.
    refetchInterval: ({ state }) => (state.data && (isActive(state.data.state) || state.data.undo?.state === "undoing") ? 1_000 : false),
  });

function useImportChange<Given>(change: (given: Given) => Promise<Import>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (made) => client.setQueryData([...IMPORTS, made.id], made),
    onSettled: () => void client.invalidateQueries({ queryKey: IMPORTS }),
  });
}

export const useStartImport = () => useImportChange((given: ImportRequest & { dry_run: boolean }) => post<Import>("/imports", given));
export const useResume = () => useImportChange((id: number) => post<Import>(`/imports/${id}/resume`));
export const useCancel = () => useImportChange((id: number) => post<Import>(`/imports/${id}/cancel`));

const TEMPLATES = ["integration", "templates"] as const;
export const useTemplates = () => useQuery({ queryKey: TEMPLATES, queryFn: () => get<Template[]>("/import-templates") });

function useTemplateChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: TEMPLATES }) });
}

export const useSaveTemplate = () => useTemplateChange((given: Schemas["TemplateIn"]) => post<Template>("/import-templates", given));
export const useForgetTemplate = () => useTemplateChange((id: number) => remove(`/import-templates/${id}`));

interface Pair {
  id: number;
  customers: { id: number; name: string }[];
}

const FRESH = 5 * 60_000;
/** Customers made by an import that may be there already; they are compared a moment after it ended. */
export const useDoubles = (changeSet: number | undefined, ended: string | null) =>
  useQuery({
    queryKey: [...IMPORTS, "doubles", changeSet],
    queryFn: () => get<Page<Pair>>("/quality/duplicates", { change_set: changeSet, limit: 10 }),
    enabled: changeSet !== undefined,
    refetchInterval: ({ state }) => (state.data?.items.length === 0 && ended && Date.now() - Date.parse(ended) < FRESH ? 5_000 : false),
  });

export const useDemo = () => useQuery({ queryKey: DEMO, queryFn: () => get<{ parts: DemoPart[] }>("/demo") });

export function useDemoChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ code, load }: { code: string; load: boolean }) => (load ? post<Job>(`/demo/${code}`) : remove<Job>(`/demo/${code}`)),
    onSuccess: (job) => {
      client.setQueryData(["jobs", job.id], job);
      return client.invalidateQueries({ queryKey: DEMO });
    },
  });
}

/** A job as it stands: from the stream, and asked for while it goes on. */
export const useJob = (id: number | null) =>
  useQuery({
    queryKey: ["jobs", id],
    queryFn: () => get<Job>(`/jobs/${id}`),
    enabled: id !== null,
    refetchInterval: ({ state }) => (!state.data || isActive(state.data.state) ? 1_500 : false),
  });

