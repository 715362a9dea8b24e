import type { Standing } from "@/shared/api/types";
import { conditionsOf } from "../model/population";
import type { Population } from "../types";

const listed = (all: Record<string, unknown>[]) => `/customers${all.length > 0 ? `?filter=${encodeURIComponent(JSON.stringify({ all }))}` : ""}`;

/** The list of customers of a grade within a model's population. */
export const customersOfGrade = (grade: Standing, population: Population = {}): string => listed([{ field: "grade", op: "in", value: [grade] }, ...conditionsOf(population)]);

/** The list of all customers of a population. */
export const customersOf = (population: Population): string => listed(conditionsOf(population));
