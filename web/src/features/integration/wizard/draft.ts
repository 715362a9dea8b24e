/** An import being prepared: kept in this window, so that a reload or a way back loses nothing. */
import type { Corrections, ImportKind, ImportRequest, Mapping, Template, Upload, Words } from "../api";

export const NO_CORRECTIONS: Corrections = { cells: [], replace: [] };

export interface Draft {
  upload: Upload;
  /** null until somebody says what the file holds, of which its columns tell nothing. */
  kind: ImportKind | null;
  source: string;
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  /** null until somebody changed what was suggested. */
  mapping: Mapping | null;
  unknown_customers: "create" | "refuse";
  /** Whether the day or the month comes first, where the file alone does not tell. */
  date_format: "dmy" | "mdy" | null;
  /** At which source the customers' keys are known, when it is another one. */
  customer_source: string | null;
  /** By what its customers are known: source_key, phone, attributes.CODE …; null: as the columns suggest. */
  match_by: string | null;
  /** By what the people of a file of contacts are known. */
  contact_by: string | null;
  mode: ImportRequest["mode"];
  empty_cells: ImportRequest["empty_cells"];
  /** What words of the file stand for; null until somebody changed what is remembered. */
  words: Words | null;
  corrections: Corrections;
}

/** A draft of which is known what it holds. */
export type Known = Draft & { kind: ImportKind };

export const isKnown = (draft: Draft): draft is Known => draft.kind !== null;

export const STEPS = ["file", "content", "columns", "check"] as const;
export type Step = (typeof STEPS)[number];

const keyOf = (upload: string | number) => `jinzita.import.${upload}`;

/** As a file with the same columns was imported the last time, or else with what the file itself tells. */
export function newDraft(upload: Upload, kind: ImportKind | null, source: string): Draft {
  const { remembered } = upload;
  const plain: Draft = {
    upload, kind, source, encoding: upload.encoding, delimiter: upload.delimiter, sheet: upload.sheet,
    mapping: null, unknown_customers: "create", date_format: null, customer_source: null, match_by: null, contact_by: null, mode: "both", empty_cells: "keep", words: null, corrections: NO_CORRECTIONS,
  };
  if (!remembered) return plain;
  return {
    ...plain, kind: remembered.kind as ImportKind, source: remembered.source, mapping: remembered.mapping, unknown_customers: remembered.unknown_customers,
    date_format: remembered.date_format as Draft["date_format"], customer_source: remembered.customer_source,
    match_by: remembered.match_by, contact_by: remembered.contact_by, mode: remembered.mode, empty_cells: remembered.empty_cells, words: remembered.words,
  };
}

/** The draft with a change; another kind, sheet, encoding or delimiter means other columns, so their matching starts anew. */
export function withChange(draft: Draft, change: Partial<Draft>): Draft {
  const anew = (["kind", "sheet", "encoding", "delimiter"] as const).some((part) => part in change && change[part] !== draft[part]);
  return { ...draft, ...(anew ? { mapping: null, date_format: null, match_by: null, contact_by: null, mode: "both" as const, words: null, corrections: NO_CORRECTIONS } : {}), ...change };
}

export function requestOf(draft: Known): ImportRequest {
  const { upload, source, mapping, ...choices } = draft;
  // Columns that are left out are not named.
  const used = mapping && Object.fromEntries(Object.entries(mapping).filter(([, field]) => field !== null));
  return { upload_id: upload.upload_id, source: source.trim(), mapping: used, ...choices };
}

/** The draft as a template says, as far as the file has its columns. */
export function byTemplate(draft: Draft, { kind, choices }: Template): Draft {
  const there = new Set(draft.upload.columns.map((column) => column.name));
  const mapping = choices.mapping && Object.fromEntries(Object.entries(choices.mapping).filter(([column]) => there.has(column)));
  return withChange(draft, {
    kind, source: choices.source ?? draft.source, mapping: mapping ?? null, unknown_customers: choices.unknown_customers ?? "create",
    date_format: (choices.date_format ?? null) as Draft["date_format"], customer_source: choices.customer_source ?? null,
    match_by: choices.match_by ?? null, contact_by: choices.contact_by ?? null, mode: choices.mode ?? "both", empty_cells: choices.empty_cells ?? "keep", words: choices.words ?? null,
  });
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(draft.upload.upload_id), JSON.stringify(draft));
  } catch {
    // A full store only means that a reload begins anew.
  }
}

export function findDraft(upload: string | null): Draft | null {
  if (!upload) return null;
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(upload)) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

export const forgetDraft = (upload: string | number) => sessionStorage.removeItem(keyOf(upload));

/** The step in the address, but never one whose ground is missing. */
export function stepOf(text: string | null, draft: Draft | null): Step {
  if (!draft) return "file";
  const wanted = STEPS.find((step) => step === text) ?? "content";
  return (draft.source.trim() === "" || !isKnown(draft)) && STEPS.indexOf(wanted) > 1 ? "content" : wanted;
}
