/** Filters as the API understands them: a tree of conditions, of which all or any hold. */
import type { Field } from "../api/types";

const OPS = ["eq", "ne", "in", "lt", "le", "gt", "ge", "contains", "starts", "between", "is_null", "has", "has_any", "has_none"] as const;
export type Op = (typeof OPS)[number];

export const PERIODS = ["today", "this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year"] as const;
export type Period = (typeof PERIODS)[number];

/** A day that moves along with the calendar. */
export type RelativeDay = { days_ago: number } | { period: Period };
export type Value = string | number | boolean | RelativeDay | (string | number)[];

export interface Condition {
  field: string;
  op: Op;
  value: Value;
}

/** Records of another kind that belong to the customer: at least one, or so many, for which the conditions hold. */
export interface Related {
  related: string;
  having: Group;
  count: { op: "ge" | "le" | "eq"; value: number } | null;
}

/** Conditions of which all or any hold; with `not`, the opposite. */
export interface Group {
  mode: "all" | "any";
  not?: boolean;
  conditions: Part[];
}

export type Part = Condition | Related | Group;

export const NO_FILTER: Group = { mode: "all", conditions: [] };

const OPS_BY_TYPE: Record<string, Op[]> = {
  text: ["contains", "starts", "eq", "ne", "is_null"],
  number: ["ge", "le", "gt", "lt", "between", "eq", "is_null"],
  money: ["ge", "le", "gt", "lt", "between", "eq", "is_null"],
  date: ["ge", "le", "between", "eq", "is_null"],
  datetime: ["ge", "le", "between", "is_null"],
  choice: ["in", "ne", "is_null"],
  yes_no: ["eq", "is_null"],
  reference: ["eq", "ne", "is_null"],
  choices: ["has_any", "has", "has_none", "is_null"],
};

/** The operators offered for a field, the commonest first. */
export function opsFor(field: Pick<Field, "type">): Op[] {
  return OPS_BY_TYPE[field.type] ?? ["eq"];
}

const record = (part: unknown): part is Record<string, unknown> => typeof part === "object" && part !== null && !Array.isArray(part);

export const isCondition = (part: Part): part is Condition => "field" in part;
export const isRelated = (part: Part): part is Related => "related" in part;
const isGroup = (part: Part): part is Group => "conditions" in part;

/** A value is missing while it is being entered. */
export function isComplete(value: Value | null | undefined): value is Value {
  if (value === null || value === undefined || value === "") return false;
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => one !== null && one !== "");
  return typeof value !== "object" || ("period" in value ? PERIODS.includes(value.period) : Number.isFinite(value.days_ago));
}

function conditionOf(tree: Record<string, unknown>): Condition | null {
  const { field, op, value } = tree;
  if (typeof field !== "string" || !OPS.includes(op as Op) || !isComplete(value as Value)) return null;
  return { field, op: op as Op, value: value as Value };
}

function relatedOf(tree: Record<string, unknown>): Related | null {
  const having = tree.having === undefined ? NO_FILTER : partOf(tree.having);
  if (typeof tree.related !== "string" || !having) return null;
  const count = record(tree.count) ? (tree.count as unknown as Related["count"]) : null;
  if (count && (!["ge", "le", "eq"].includes(count.op) || !Number.isInteger(count.value))) return null;
  return { related: tree.related, having: asGroup(having), count };
}

function groupOf(tree: Record<string, unknown>, mode: "all" | "any"): Group | null {
  const parts = tree[mode];
  if (!Array.isArray(parts)) return null;
  const conditions = parts.map(partOf);
  return conditions.some((part) => part === null) ? null : { mode, conditions: conditions as Part[] };
}

/** A part of the API's tree, or null when it is none. */
export function partOf(tree: unknown): Part | null {
  if (!record(tree)) return null;
  if ("field" in tree) return conditionOf(tree);
  if ("related" in tree) return relatedOf(tree);
  if ("all" in tree) return groupOf(tree, "all");
  if ("any" in tree) return groupOf(tree, "any");
  if (!("not" in tree)) return null;
  const inner = partOf(tree.not);
  if (!inner) return null;
  return isGroup(inner) && !inner.not ? { ...inner, not: true } : { mode: "all", not: true, conditions: [inner] };
}

/** A part as the API takes it. */
export function treeOf(part: Part): unknown {
  if (isCondition(part)) return { field: part.field, op: part.op, value: part.value };
  if (isRelated(part)) return { related: part.related, having: treeOf(part.having), ...(part.count ? { count: part.count } : {}) };
  const group = { [part.mode]: part.conditions.map(treeOf) };
  return part.not ? { not: group } : group;
}

export const asGroup = (part: Part): Group => (isGroup(part) ? part : { mode: "all", conditions: [part] });

/** The group without parts that say nothing. */
export function pruned(group: Group): Group {
  const conditions = group.conditions.flatMap((part): Part[] => {
    if (isCondition(part)) return part.field && isComplete(part.value) ? [part] : [];
    if (isRelated(part)) return part.related ? [{ ...part, having: pruned(part.having) }] : [];
    const inner = pruned(part);
    return inner.conditions.length > 0 ? [inner] : [];
  });
  return { ...group, conditions };
}

/** The filter with the conditions on one field replaced; without a value they go. */
export function withCondition(filter: Group, field: string, op: Op, value: Value | null): Group {
  const others = filter.conditions.filter((part) => !isCondition(part) || part.field !== field);
  return { ...filter, conditions: isComplete(value) ? [...others, { field, op, value }] : others };
}

/** Whether each condition of the filter must hold. */
export const isDirect = (filter: Group) => !filter.not && (filter.mode === "all" || filter.conditions.length <= 1);

/** The filter narrowed by one field: from outside, when it is turned round or any of its parts may hold. */
export function narrowed(filter: Group, field: string, op: Op, value: Value | null): Group {
  const base: Group = isDirect(filter) ? { ...filter, mode: "all" } : { mode: "all", conditions: [filter] };
  return withCondition(base, field, op, value);
}

/** The filter with the part at a place replaced; null takes it out. */
export function withPart(filter: Group, at: number, part: Part | null): Group {
  return { ...filter, conditions: filter.conditions.flatMap((one, index) => (index !== at ? [one] : part ? [part] : [])) };
}

/** How many conditions a filter has, at any depth. */
export function countConditions(part: Part): number {
  if (isCondition(part)) return 1;
  if (isRelated(part)) return 1 + countConditions(part.having);
  return part.conditions.reduce((sum, one) => sum + countConditions(one), 0);
}

/** How many conditions have a field and no value yet, at any depth: those that `pruned` leaves out unasked. */
export function countUnfinished(part: Part): number {
  if (isCondition(part)) return part.field && !isComplete(part.value) ? 1 : 0;
  const within = isRelated(part) ? part.having : part;
  return within.conditions.reduce((sum, one) => sum + countUnfinished(one), 0);
}

/** Whether the plain bar of conditions can show and change it. */
export const isFlat = (filter: Group): boolean => !filter.not && filter.conditions.every(isCondition);
