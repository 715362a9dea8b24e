/** Shapes every capability of the API shares. */

export interface ErrorDetail {
  where: string;
  code: string;
  message: string;
  params?: Record<string, unknown>;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Named {
  id: number;
  name: string;
}

/** A text in both languages, or one that is the same in both. */
export type Bilingual = string | { [language: string]: string };

export const GRADES = ["vip", "important", "ordinary", "small"] as const;
export type Grade = (typeof GRADES)[number];
export type Standing = Grade | "prospect";
export const STANDINGS: Standing[] = [...GRADES, "prospect"];

/** Stages of a customer's life, named `shared:stage.<code>`. */
export const STAGES = ["suspect", "prospect", "customer", "member", "fan", "dormant", "lost"] as const;
export type StageCode = (typeof STAGES)[number];

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";

/** An error as the server says it; details it leaves out are none. */
export interface Failure {
  code: string;
  message: string;
  details?: ErrorDetail[];
}

/** Work that may have failed: why, and the same in an English sentence. */
export interface Failed {
  failure: Failure | null;
  error: string | null;
}

export interface Job extends Failed {
  id: number;
  kind: string;
  state: JobState;
  progress: number;
  total: number | null;
  message: string;
  result: Record<string, unknown> | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export type FieldType = "text" | "number" | "money" | "date" | "datetime" | "choice" | "yes_no" | "reference" | "choices";

/** A field as its owner declared it: lists, filters, imports and forms are built from this. */
export interface FieldChoice {
  value: string;
  label: Bilingual;
  /** The choice it stands below, where choices are a tree. */
  parent?: string | null;
}

export interface Field {
  code: string;
  type: FieldType;
  label: Bilingual;
  choices: FieldChoice[] | null;
  filterable: boolean;
  sortable: boolean;
  listed: boolean;
  exportable: boolean;
  importable: boolean;
  editable: boolean;
  /** Many records can be given the same value at once. */
  shared?: boolean;
  /** The list can be put in groups by it. */
  groupable?: boolean;
  /** What the person's role may do with it; hidden fields are not answered. */
  access?: "edit" | "see" | "masked";
  required: boolean;
  unit: string | null;
  /** A number from 0 to 1 that people read and write as percent. */
  share?: boolean;
  synonyms: string[];
  /** Of a reference: the kind of record it names. */
  references?: string | null;
  /** The part of a form or picker it stands in. */
  section?: Bilingual | null;
  help?: Bilingual | null;
  /** "always", a stage of life from which on it is needed, or empty. */
  mandatory?: string;
}

/** Whose records are seen, the narrowest first. */
export type Reach = "own" | "team" | "departments" | "all";

export interface Me {
  id: number;
  username: string;
  name: string;
  email: string;
  /** Code of the role; the company may have roles of its own. */
  /** What is to be done before anything else: "second_factor". */
  must?: string[];
  role: string;
  role_label: Bilingual;
  reach: Reach;
  department: Named | null;
  language: "zh" | "en" | null;
  theme: "light" | "dark" | null;
  can: string[];
}

export interface Settings {
  company: string;
  version: string;
  currency?: string;
  time_zone?: string;
  languages?: string[];
  demo?: { carrier: boolean; retail: boolean };
}
