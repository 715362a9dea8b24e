/** The fields that the owner of a kind of record declared. */
import { useQuery } from "@tanstack/react-query";
import { get } from "./request";
import type { Field } from "./types";

const HOUR = 60 * 60_000;

/** Declared fields change only when the company defines an attribute. */
export const useFields = (kind: string, enabled = true) => useQuery({ queryKey: ["fields", kind], queryFn: () => get<Field[]>(`/fields/${kind}`), staleTime: HOUR, enabled });
