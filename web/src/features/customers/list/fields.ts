/** The declared fields of customers as the list groups them. */
import type { Field } from "@/shared/api/types";

/** The fields whose values can be counted. */
export const groupable = (fields: Field[]): Field[] =>
  fields.filter((field) => field.filterable && (["choice", "choices", "yes_no", "reference"].includes(field.type) || field.code === "tags" || field.code === "source"));
