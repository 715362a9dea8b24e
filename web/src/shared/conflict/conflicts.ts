/** Somebody else changed the same field meanwhile: what stands on each side, and what to keep. */
import { ApiError } from "../api/request";

export interface Conflict {
  field: string;
  mine: unknown;
  current: unknown;
  original: unknown;
  by: string | null;
  at: string | null;
}

export type Choice = "mine" | "current";
export type Choices = Record<string, Choice>;

/** The fields an answer complains about, or null when it is no such answer. */
export function conflictsOf(error: unknown): Conflict[] | null {
  if (!(error instanceof ApiError) || error.code !== "changed_meanwhile") return null;
  return error.details.map(({ where, params = {} }) => ({
    field: where,
    mine: params.mine,
    current: params.current,
    original: params.original,
    by: nameOf(params.by),
    at: typeof params.at === "string" ? params.at : null,
  }));
}

function nameOf(by: unknown): string | null {
  if (typeof by === "string") return by || null;
  return typeof by === "object" && by !== null && "name" in by ? String((by as { name: unknown }).name) : null;
}

/** A change without the fields whose present value is kept; "attributes.size" stands within `attributes`. */
export function without(change: Record<string, unknown>, fields: string[]): Record<string, unknown> {
  const left = { ...change };
  for (const field of fields) {
    if (field.startsWith("attributes.") && typeof left.attributes === "object" && left.attributes !== null) {
      const attributes = { ...(left.attributes as Record<string, unknown>) };
      delete attributes[field.slice("attributes.".length)];
      left.attributes = attributes;
    } else {
      delete left[field];
      delete left[`${field}_id`];
    }
  }
  if (typeof left.attributes === "object" && left.attributes !== null && Object.keys(left.attributes).length === 0) delete left.attributes;
  return left;
}

/** The fields of which the present value is kept. */
export const keptCurrent = (choices: Choices): string[] => Object.entries(choices).filter(([, choice]) => choice === "current").map(([field]) => field);

export const isEmptyChange = (change: Record<string, unknown>): boolean => Object.keys(change).every((key) => key === "version");
