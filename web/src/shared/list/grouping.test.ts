import { expect, it } from "vitest";
import type { Field } from "../api/types";
import { NO_FILTER, type Condition } from "../filter/filter";
import { conditionOf, inGroup, keyOf, type Group } from "./grouping";
import { readListState, writeListState, type ListControl } from "./useListState";

const of = (type: string, value: Group["value"], field = "x") => {
  const { op, value: asked } = conditionOf({ type, code: field } as Field, value);
  return { op, value: asked };
};

it("keeps the rows of a group by the operator its field knows", () => {
  expect(of("choice", "vip")).toEqual({ op: "in", value: ["vip"] });
  expect(of("choices", "a")).toEqual({ op: "has_any", value: ["a"] });
  expect(of("text", "a", "tags")).toEqual({ op: "has_any", value: ["a"] });
  expect(of("reference", 3)).toEqual({ op: "eq", value: 3 });
  expect(of("yes_no", false)).toEqual({ op: "eq", value: false });
  expect(of("text", null)).toEqual({ op: "is_null", value: true });
});

const vip: Condition = { field: "grade", op: "in", value: ["vip"] };
const list = (filter = NO_FILTER) => ({ filter, scope: { filter: null, q: "a" }, query: { filter: null, q: "a", limit: 50 } }) as unknown as ListControl;
const asked = (one: ListControl) => JSON.parse(String(one.query.filter)) as unknown;

it("asks of a group what is asked of the list, and its own value beside", () => {
  expect(asked(inGroup(list(), vip))).toEqual({ all: [vip] });
  const either: Condition[] = [{ field: "tags", op: "has", value: "a" }, { field: "tags", op: "has", value: "b" }];
  const narrowed = inGroup(list({ mode: "any", conditions: either }), vip);
  expect(asked(narrowed)).toEqual({ all: [{ any: either }, vip] });
  expect(narrowed.scope.filter).toBe(narrowed.query.filter);
  expect(narrowed.query).toMatchObject({ q: "a", limit: 50 });
});

it("keeps the open group in the address, also the one without a value", () => {
  const address = (text: string) => writeListState(readListState(new URLSearchParams(text), null), null).toString();
  expect(address("group=owner&open=3")).toBe("group=owner&open=3");
  expect(address("group=owner&open=")).toBe("group=owner&open=");
  expect(address("open=3")).toBe("");
  expect([keyOf({ value: null, label: null, count: 1 }), keyOf({ value: false, label: null, count: 1 })]).toEqual(["", "false"]);
});
