/**
 * What the value capability answers: the generated types, with words where the document only says "string".
 *
 * Shares are 0–1, scores 0–100, amounts in the company's currency.
 */
import type { components } from "@/client/schema";
import type { Bilingual, Grade, Standing } from "@/shared/api/types";
import type { GradeOverride } from "./overrides/api";

type Schemas = components["schemas"];
/** A generated type with some of its fields said more exactly. */
type Exactly<T, Fields> = Omit<T, keyof Fields> & Fields;

export interface Population {
  source?: string[];
  kind?: "organisation" | "person";
  /** A filter of customers, as its JSON text. */
  filter?: string;
}

export type ModelSummary = Exactly<Schemas["ModelOut"], { name: Bilingual; population: Population; as_of: "today" | "data" }>;
export type Version = Schemas["VersionOut"];
export type Difference = Schemas["DifferenceOut"];
export type CatalogueEntry = Exactly<Schemas["IndicatorOut"], { label: Bilingual; definition: Bilingual; better: "high" | "low" }>;

export type ScaleKind = "percentile" | "linear" | "log" | "steps" | "map";
type Missing = "neutral" | "zero" | number;

export interface Indicator {
  code: string;
  weight: number;
  scale: ScaleKind;
  better: "high" | "low";
  window_months?: number | null;
  lo?: number | null;
  hi?: number | null;
  steps?: [number, number][] | null;
  map?: Record<string, number> | null;
  missing?: Missing;
  formula?: string | null;
  label?: Bilingual | null;
}

export interface ModelDocument {
  name: Bilingual;
  population?: Population | null;
  leave_out_empty?: boolean;
  as_of?: "today" | "data";
  bands: { by: "score" | "share" | "revenue"; vip: number; important: number; ordinary: number };
  indicators: Indicator[];
}

export type VersionDetail = Exactly<Schemas["VersionDetail"], { document: ModelDocument }>;
export type ModelText = Exactly<Schemas["ModelText"], { document: ModelDocument }>;

export type Tier = Exactly<Schemas["TierOut"], { grade: Grade }>;
export type Pareto = Schemas["ParetoOut"];
export type RunState = "waiting" | "running" | "done" | "failed" | "cancelled";
type ModelRef = Exactly<Schemas["ModelRef"], { name: Bilingual }>;
type RunRef = Exactly<Schemas["RunRef"], { state: RunState }>;
export type PyramidAnswer = Exactly<Schemas["PyramidOut"], { model: ModelRef; run: RunRef; grades: Tier[] }>;

export type Flow = Exactly<Schemas["FlowOut"], { from: Standing; to: Standing }>;
export type Reason = Exactly<Schemas["ReasonOut"], { label: Bilingual }>;
export type Mover = Exactly<Schemas["MoverOut"], { from_grade: Standing; to_grade: Standing; reasons?: Reason[] }>;
export type Movement = Exactly<Schemas["MovementOut"], { from: RunRef; to: RunRef; flows: Flow[]; risers: Mover[]; fallers: Mover[] }>;

export type ExplainedIndicator = Exactly<Schemas["ExplainedOut"], { label: Bilingual }>;
export type HistoryEntry = Exactly<Schemas["HistoryOut"], { grade: Standing }>;
export interface Bounds {
  vip: number;
  important: number;
  ordinary: number;
}
export type CustomerValueAnswer = Exactly<
  Schemas["CustomerValueOut"],
  { grade: Standing; computed_grade: Standing; override?: GradeOverride | null; asked?: GradeOverride | null; indicators: ExplainedIndicator[]; history: HistoryEntry[]; bounds?: { [grade in keyof Bounds]?: number | null } | null }
>;
export type IndicatorRecords = Schemas["RecordsOut"];

export type Distribution = Schemas["DistributionOut"];
export type WhatIf = Exactly<Schemas["WhatIfOut"], { grades: Tier[]; before: Tier[]; moved: Flow[]; movers: Mover[] }>;
export type AhpAnswer = Schemas["JudgedOut"];

export type Condition = Exactly<Schemas["ConditionOut"], { code: "enough_customers" | "repeat_business" | "visible_difference" }>;
export type Advice = Exactly<Schemas["AdviceOut"], { verdict: "yes" | "partly" | "no"; conditions: Condition[] }>;

export type Run = Exactly<Schemas["RunOut"], { model: ModelRef; state: RunState }>;
export type RunDetail = Exactly<Schemas["RunDetail"], { model: ModelRef; state: RunState; grades: Tier[] }>;
