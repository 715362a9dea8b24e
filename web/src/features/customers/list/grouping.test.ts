import { expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import { conditionOf } from "./grouping";

const of = (type: string, value: string | number | boolean | null, code = "x") => conditionOf({ type, code } as Field, value);

it("keeps the customers of a group by the operator its field knows", () => {
  expect(of("choice", "vip")).toEqual({ op: "in", value: ["vip"] });
  expect(of("choices", "a")).toEqual({ op: "has_any", value: ["a"] });
  expect(of("text", "a", "tags")).toEqual({ op: "has_any", value: ["a"] });
  expect(of("reference", 3)).toEqual({ op: "eq", value: 3 });
  expect(of("yes_no", false)).toEqual({ op: "eq", value: false });
  expect(of("text", null)).toEqual({ op: "is_null", value: true });
});
