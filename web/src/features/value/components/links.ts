import type { Standing } from "@/shared/api/types";
import type { Population } from "../types";

/** The list of customers of a grade within a model's population. */
export function customersOfGrade(grade: Standing, population: Population = {}): string {
  const all = [
    { field: "grade", op: "in", value: [grade] },
    ...(population.source?.length ? [{ field: "source", op: "in", value: population.source }] : []),
    ...(population.kind ? [{ field: "kind", op: "in", value: [population.kind] }] : []),
  ];
  return `/customers?filter=${encodeURIComponent(JSON.stringify({ all }))}`;
}
