/** Changes of a model under edit; the server validates, these keep the document in the shape it expects. */
import type { Indicator, ModelDocument, ScaleKind } from "../types";

/** How an indicator's columns are called: its code, with @MONTHS when it has a window. */
export const keyOf = (indicator: Pick<Indicator, "code" | "window_months">): string =>
  indicator.window_months ? `${indicator.code}@${indicator.window_months}` : indicator.code;

export type Bands = ModelDocument["bands"];

const USUAL_BANDS: Record<Bands["by"], Omit<Bands, "by">> = {
  score: { vip: 80, important: 60, ordinary: 40 },
  share: { vip: 0.01, important: 0.1, ordinary: 0.4 },
  revenue: { vip: 0.4, important: 0.7, ordinary: 0.9 },
};

export function changeIndicator(document: ModelDocument, index: number, change: Partial<Indicator>): ModelDocument {
  return { ...document, indicators: document.indicators.map((one, at) => (at === index ? { ...one, ...change } : one)) };
}

/** Another scale: settings that only the former one understands go. */
export function changeScale(document: ModelDocument, index: number, scale: ScaleKind): ModelDocument {
  return {
    ...document,
    indicators: document.indicators.map((one, at) => {
      if (at !== index) return one;
      const { lo, hi, steps, map, ...rest } = one;
      if (scale === "linear" || scale === "log") return { ...rest, scale, ...(lo != null ? { lo } : {}), ...(hi != null ? { hi } : {}) };
      if (scale === "steps") return { ...rest, scale, steps: steps ?? [[0, 0], [1, 100]] };
      if (scale === "map") return { ...rest, scale, map: map ?? { other: 50 } };
      return { ...rest, scale };
    }),
  };
}

export function addIndicator(document: ModelDocument, indicator: Indicator): ModelDocument {
  return { ...document, indicators: [...document.indicators, indicator] };
}

export function removeIndicator(document: ModelDocument, index: number): ModelDocument {
  return { ...document, indicators: document.indicators.filter((_, at) => at !== index) };
}

export function changeBands(document: ModelDocument, change: Partial<Bands>): ModelDocument {
  const by = change.by ?? document.bands.by;
  const numbers = by === document.bands.by ? document.bands : USUAL_BANDS[by];
  return { ...document, bands: { ...numbers, ...change, by } };
}

/** Puts weights by key (or by code) into the document; indicators not named keep theirs. */
export function withWeights(document: ModelDocument, weights: Record<string, number>): ModelDocument {
  return {
    ...document,
    indicators: document.indicators.map((one) => ({ ...one, weight: weights[keyOf(one)] ?? weights[one.code] ?? one.weight })),
  };
}

/** Weights in the same proportions that add up to about 100, to one decimal. */
export function toHundred(weights: Record<string, number>): Record<string, number> {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0) || 1;
  return Object.fromEntries(Object.entries(weights).map(([key, weight]) => [key, Math.round((weight / sum) * 1000) / 10]));
}

/** Each indicator's part of all weights, 0–1. */
export function weightShares(document: ModelDocument): number[] {
  const sum = document.indicators.reduce((total, one) => total + Math.max(0, one.weight), 0);
  return document.indicators.map((one) => (sum > 0 ? Math.max(0, one.weight) / sum : 0));
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, settled(inner)]),
  );
}

/** Whether two documents say the same, whatever the order of their keys. */
export function sameDocument(a: ModelDocument, b: ModelDocument): boolean {
  return JSON.stringify(settled(a)) === JSON.stringify(settled(b));
}

/** Thresholds in the order their kind asks for: scores fall, shares rise. */
export function bandsInOrder(bands: Bands): boolean {
  const { by, vip, important, ordinary } = bands;
  return by === "score" ? vip > important && important > ordinary : 0 < vip && vip < important && important < ordinary && ordinary <= 1;
}
