/** What the value capability answers. Shares are 0–1, scores 0–100, amounts in the company's currency. */
import type { Bilingual, Grade, Named, Standing } from "@/shared/api/types";

export interface Population {
  source?: string[];
  kind?: "organisation" | "person";
}

export interface ModelSummary {
  id: number;
  code: string;
  name: Bilingual;
  priority: number;
  population: Population;
  as_of: "today" | "data";
  current_version: { id: number; number: number; published_at: string; by: string | null };
  last_run: { id: number; as_of: string; finished_at: string; customers: number } | null;
}

export interface Version {
  id: number;
  number: number;
  state: "draft" | "published";
  created_at: string;
  published_at: string | null;
  by: string | null;
  note: string;
}

export type ScaleKind = "percentile" | "linear" | "log" | "steps" | "map";
export type Missing = "neutral" | "zero" | number;

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

export interface VersionDetail extends Version {
  document: ModelDocument;
  toml: string;
}

export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

export interface CatalogueEntry {
  code: string;
  family: string;
  label: Bilingual;
  definition: Bilingual;
  unit: string;
  better: "high" | "low";
  windowed?: boolean;
}

export interface Tier {
  grade: Grade;
  customers: number;
  customer_share: number;
  revenue: number;
  revenue_share: number;
  profit: number | null;
  average_score: number | null;
  lowest_score: number | null;
  moved_in?: number | null;
  moved_out?: number | null;
  change?: number | null;
}

export interface Pareto {
  points: [number, number][];
  top20_revenue_share: number | null;
  gini: number | null;
}

export interface PyramidAnswer {
  model: { id: number; name: Bilingual };
  version: { id: number; number: number };
  run: { id: number; as_of: string; finished_at: string | null; state: RunState };
  stale: number;
  grades: Tier[];
  pareto: Pareto;
  prospects: number;
  currency: string;
}

export interface Flow {
  from: Standing;
  to: Standing;
  customers: number;
  revenue: number;
}

export interface Mover {
  customer_id: number;
  name: string;
  from_grade: Standing | null;
  to_grade: Standing | null;
  from_score: number | null;
  to_score: number | null;
  reasons?: { indicator: string; change: number }[];
}

export interface Movement {
  from: { id: number; as_of: string } | null;
  to: { id: number; as_of: string };
  flows: Flow[];
  risers: Mover[];
  fallers: Mover[];
}

export interface ExplainedIndicator {
  code: string;
  label: Bilingual;
  family: string;
  unit: string;
  value: number | string | null;
  points: number | null;
  weight: number;
  contribution: number | null;
  grade_average_points: number | null;
  grade_average_contribution: number | null;
  missing: boolean;
}

export interface HistoryEntry {
  at: string;
  as_of: string;
  score: number;
  grade: Grade;
  cause: string;
}

export interface CustomerValueAnswer {
  score: number | null;
  grade: Standing;
  model_id: number | null;
  version: { id: number; number: number } | number | null;
  run_id: number | null;
  as_of: string | null;
  scored_at: string | null;
  indicators: ExplainedIndicator[];
  history: HistoryEntry[];
  bounds: { vip: number; important: number; ordinary: number } | null;
}

export interface IndicatorRecords {
  items: { kind: string; id: number; at: string; amount: string | number | null; note: string | null }[];
  sum: string | number | null;
}

export interface Distribution {
  code: string;
  count: number;
  missing: number;
  min: number | null;
  p01: number | null;
  p25: number | null;
  median: number | null;
  p75: number | null;
  p99: number | null;
  max: number | null;
  mean: number | null;
  histogram: { edges: number[]; counts: number[] } | null;
  scale_curve: [number, number][] | null;
}

export interface WhatIf {
  took_ms: number;
  grades: Tier[];
  before: Tier[];
  moved: { from: Standing; to: Standing; customers: number }[];
  movers: Mover[];
}

export interface AhpAnswer {
  weights: number[];
  consistency_ratio: number;
  lambda_max: number;
  acceptable: boolean;
}

export interface Condition {
  code: "enough_customers" | "repeat_business" | "visible_difference";
  met: boolean;
  measured: Record<string, number | null>;
  threshold: Record<string, number | null>;
}

export interface Advice {
  verdict: "yes" | "partly" | "no";
  as_of: string;
  conditions: Condition[];
  pareto: Pareto | [number, number][];
  gini: number | null;
  top20_revenue_share: number | null;
}

export type RunState = "waiting" | "running" | "done" | "failed" | "cancelled";

export interface Run {
  id: number;
  model: { id: number; name: Bilingual };
  version: { id: number; number: number };
  as_of: string;
  state: RunState;
  progress: number;
  message: string;
  counts: Record<string, number>;
  seconds: Record<string, number>;
  started_at: string | null;
  finished_at: string | null;
  by: string | Named | null;
  job_id: number | null;
  error: string | null;
}

export interface RunDetail extends Run {
  grades?: Tier[] | null;
  scales?: Record<string, unknown> | null;
}
