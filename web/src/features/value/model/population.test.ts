import { expect, it } from "vitest";
import { customersOf, customersOfGrade } from "../components/links";
import { conditionsOf, filterOf, groupOf, withPart } from "./population";

const tree = { any: [{ field: "region", op: "in", value: ["北京"] }, { all: [{ field: "size", op: "in", value: ["large"] }, { field: "listed", op: "eq", value: true }] }] };
const population = { source: ["erp"], kind: "organisation" as const, filter: JSON.stringify(tree) };

it("chooses customers by the same conditions as their list", () => {
  const all = [{ field: "source", op: "in", value: ["erp"] }, { field: "kind", op: "in", value: ["organisation"] }, tree];
  expect(conditionsOf(population)).toEqual(all);
  const asked = (path: string) => JSON.parse(new URLSearchParams(path.split("?")[1]).get("filter") ?? "") as unknown;
  expect(asked(customersOf(population))).toEqual({ all });
  expect(asked(customersOfGrade("vip", population))).toEqual({ all: [{ field: "grade", op: "in", value: ["vip"] }, ...all] });
  expect(customersOf({})).toBe("/customers");
});

it("loses what says nothing, and shows nothing of what cannot be read", () => {
  expect(withPart(population, { filter: undefined, kind: undefined })).toEqual({ source: ["erp"] });
  expect(groupOf(filterOf(population))?.conditions).toHaveLength(2);
  for (const filter of ["", "{", '{"not": 1}']) expect(filterOf({ filter })).toBeNull();
});
