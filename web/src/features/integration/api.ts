/** Calls of /imports and /demo. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, remove } from "@/shared/api/request";
import type { Bilingual, Field, Job, JobState, Named, Page } from "@/shared/api/types";

export const KINDS = ["customers", "products", "transactions", "transaction_lines", "invoices", "receipts", "interactions", "opportunities"] as const;
export type ImportKind = (typeof KINDS)[number];
/** Kinds whose rows name a customer that may not be known yet. */
export const NAMING_CUSTOMERS: ImportKind[] = ["transactions", "transaction_lines", "invoices", "receipts", "interactions", "opportunities"];

export interface Column {
  name: string;
  samples: string[];
  type: string;
}

export interface Upload {
  upload_id: number;
  filename: string;
  size: number;
  format: string;
  encoding: string | null;
  delimiter: string | null;
  sheet_names: string[];
  columns: Column[];
  rows_estimate: number;
}

export type Mapping = Record<string, string | null>;

export interface ImportRequest {
  upload_id: number;
  kind: ImportKind;
  source: string;
  encoding?: string | null;
  delimiter?: string | null;
  sheet?: string | null;
  mapping: Mapping | null;
  unknown_customers: "create" | "refuse";
  date_format?: string | null;
}

export interface CellError {
  field: string | null;
  code: string;
  message: string;
  value: string;
}

export interface PreviewRow {
  number: number;
  values: Record<string, unknown>;
  errors: CellError[];
}

export interface Preview {
  mapping: Mapping;
  unmapped_columns: string[];
  missing_required: string[];
  /** Fields whose dates fit day first and month first alike. */
  ambiguous_dates: string[];
  columns: Column[];
  rows: PreviewRow[];
  ok: number;
  bad: number;
}

export interface Import {
  id: number;
  kind: ImportKind;
  source: string;
  filename: string;
  state: JobState;
  dry_run: boolean;
  progress: number;
  total: number | null;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  superseded: number;
  bad: number;
  reasons: { code: string; field: string | null; count: number; message?: string }[];
  bad_rows_url: string | null;
  rate: number | null;
  seconds_left: number | null;
  job_id: number | null;
  by: Named | null;
  started_at: string | null;
  finished_at: string | null;
  error: string | null;
  resumable: boolean;
}

export interface DemoPart {
  code: "carrier" | "retail";
  name: Bilingual;
  installed: boolean;
  customers: number;
  licence: string;
  /** The job that loads or removes it now. */
  job_id: number | null;
}

export const isActive = (state: JobState) => state === "waiting" || state === "running";
const IMPORTS = ["integration", "imports"] as const;
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

export function useImports() {
  return useInfiniteQuery({
    queryKey: [...IMPORTS, "list"],
    queryFn: ({ pageParam }) => get<Page<Import>>("/imports", { limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some((one) => isActive(one.state))) ? 2_000 : false),
  });
}

export const useImport = (id: number) =>
  useQuery({
    queryKey: [...IMPORTS, id],
    queryFn: () => get<Import>(`/imports/${id}`),
    // News come by the stream; asking as well keeps the rate and the time left fresh.
    refetchInterval: ({ state }) => (state.data && isActive(state.data.state) ? 1_000 : false),
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

