import { describe, expect, it } from "vitest";
import type { Field } from "../api/types";
import { readListState, writeListState } from "../list/useListState";
import { NO_FILTER, countConditions, countUnfinished, isFlat, opsFor, partOf, pruned, treeOf, withCondition, type Group, type Part } from "./filter";
import { filterAddress, isUnreadable, readFilter, writeFilter } from "./written";
import { conditionFor, relativeOf } from "./relative";
import { isMatch, sections } from "./sections";

const filter: Group = {
  mode: "all",
  conditions: [
    { field: "grade", op: "in", value: ["vip", "important"] },
    { field: "name", op: "contains", value: "北京 & 上海?" },
  ],
};

const nested: Group = {
  mode: "any",
  conditions: [
    { field: "attributes.size", op: "ge", value: 12.5 },
    { mode: "all", not: true, conditions: [{ field: "tags", op: "has_any", value: ["a*b", "_t", "12"] }, { field: "listed", op: "eq", value: false }] },
    { related: "transactions", having: { mode: "all", conditions: [{ field: "occurred_at", op: "ge", value: { days_ago: 30 } }] }, count: { op: "ge", value: 3 } },
    { field: "created_at", op: "eq", value: { period: "this_quarter" } },
  ],
};

it("counts the conditions that have no value yet, however deep", () => {
  const open: Part = { field: "name", op: "eq", value: "" };
  const done: Part = { field: "name", op: "eq", value: "x" };
  const blank: Part = { field: "", op: "eq", value: "" };
  const nested: Group = { mode: "any", conditions: [open, { related: "contacts", count: null, having: { mode: "all", conditions: [open, done] } }] };
  expect(countUnfinished({ mode: "all", conditions: [done, blank, open, nested] })).toBe(3);
});

describe("filter", () => {
  it.each([["plain", filter], ["nested", nested], ["turned round", { ...filter, not: true } as Group]])("goes through the address and the API's tree unchanged: %s", (_name, group) => {
    const params = new URLSearchParams({ filter: filterAddress(group) ?? "" });
    expect(readFilter(new URLSearchParams(params.toString()).get("filter"))).toEqual(group);
    expect(readFilter(writeFilter(group))).toEqual(group);
  });

  it("is short in the address", () => {
    const params = new URLSearchParams({ filter: filterAddress(filter) ?? "" }).toString();
    expect(params.slice(0, 55)).toBe("filter=grade*in*_lvip.important*name*contains*%E5%8C%97");
    expect(writeFilter(NO_FILTER)).toBeNull();
    expect(filterAddress(NO_FILTER)).toBeNull();
  });

  it.each(["12", "1.5", "-3", "1e5", "true", "", " ", "_", "_t", "_lx", "a.b", "a*b", "100%", "𠮷野", "2026-01-05", "-a2"])("keeps the text %j a text", (text) => {
    const one: Part = { field: "name", op: "in", value: ["x", text || "y"] };
    expect(readFilter(filterAddress({ mode: "all", conditions: [one] })).conditions).toEqual([one]);
  });

  it("reads a single condition, any-of, and the links of before", () => {
    expect(readFilter('{"field":"grade","op":"eq","value":"vip"}').conditions).toHaveLength(1);
    expect(readFilter('{"any":[{"field":"a","op":"eq","value":1}]}').mode).toBe("any");
    expect(readFilter('{"all":[{"field":"grade","op":"in","value":["vip"]}]}')).toEqual({ mode: "all", conditions: [{ field: "grade", op: "in", value: ["vip"] }] });
  });

  it.each(["", "nonsense", "[]", "null", "3", '{"all":[{"field":"a","op":"drop table","value":1}]}', '{"all":[{"any":[]}]}', "-a5*a*eq*1", "a*eq", "-x3", "-r", "a*eq*_p5"])(
    "shows everything rather than failing on %s",
    (text) => {
      expect(readFilter(text)).toEqual(NO_FILTER);
    },
  );

  it("says of what it cannot read that it cannot, and of nothing that there is nothing", () => {
    expect(["nonsense", "[]", "-x3"].map(isUnreadable)).toEqual([true, true, true]);
    expect([null, "", '{"field":"grade","op":"eq","value":"vip"}'].map(isUnreadable)).toEqual([false, false, false]);
  });

  it("replaces the condition on a field and drops an empty one", () => {
    const changed = withCondition(filter, "grade", "in", ["small"]);
    expect(changed.conditions).toHaveLength(2);
    expect(changed.conditions.at(-1)).toMatchObject({ value: ["small"] });
    expect(withCondition(filter, "grade", "in", []).conditions).toEqual([filter.conditions[1]]);
  });

  it("leaves out what is not filled in yet", () => {
    const half: Group = { mode: "all", conditions: [{ field: "", op: "eq", value: "" }, { mode: "any", conditions: [{ field: "a", op: "eq", value: "" }] }, { field: "a", op: "between", value: [1, null as never] }] };
    expect(pruned(half)).toEqual(NO_FILTER);
  });

  it("knows not of one condition, and counts conditions at any depth", () => {
    expect(partOf({ not: { field: "a", op: "eq", value: 1 } })).toEqual({ mode: "all", not: true, conditions: [{ field: "a", op: "eq", value: 1 }] });
    expect(treeOf({ mode: "all", not: true, conditions: [] })).toEqual({ not: { all: [] } });
    expect(countConditions(nested)).toBe(6);
    expect(isFlat(filter)).toBe(true);
    expect(isFlat(nested)).toBe(false);
  });

  it("offers operators by type", () => {
    expect(opsFor({ type: "choice" } as Field)[0]).toBe("in");
    expect(opsFor({ type: "text" } as Field)).not.toContain("between");
    expect(opsFor({ type: "choices" } as Field)[0]).toBe("has_any");
  });
});

describe("days that move", () => {
  it.each(["last", "before", "period"] as const)("%s is recognised again", (kind) => {
    expect(relativeOf(conditionFor(kind))?.kind).toBe(kind);
  });
  it("are none of the others", () => {
    expect(relativeOf({ op: "between", value: ["2026-01-01", "2026-02-01"] })).toBeNull();
    expect(relativeOf({ op: "eq", value: true })).toBeNull();
  });
});

describe("the field picker", () => {
  const field = (code: string, en: string, zh: string, section?: string) => ({ code, label: { en, zh }, type: "text", synonyms: [], section }) as unknown as Field;
  const groups = sections([field("name", "Name", "名称"), field("attributes.region", "Region", "地区"), field("attributes.beds", "Beds", "床位", "Hotel")], (text) => (typeof text === "string" ? text : (text.en ?? "")), (key) => (key === "Hotel" ? undefined : key));
  it("groups by section", () => expect(groups.map((group) => [group.label, group.options.length])).toEqual([["basic", 1], ["attributes", 1], ["Hotel", 1]]));
  it.each(["地区", "region", "REG", "attributes.reg"])("finds a field by %s", (typed) => {
    expect(groups.flatMap((group) => group.options).filter((option) => isMatch(typed, option)).map((option) => option.value)).toEqual(["attributes.region"]);
  });
});

describe("state of a list", () => {
  const round = (query: string) => writeListState(readListState(new URLSearchParams(query), "-score"), "-score").toString();

  it("keeps what differs from the usual, nothing else", () => {
    expect(round("page=3&size=100&sort=name&q=abc")).toBe("page=3&size=100&sort=name&q=abc");
    expect(round("page=1&size=50&sort=-score&q=+")).toBe("");
  });

  it("puts wrong numbers right", () => {
    expect(round("page=-2&size=100000")).toBe("size=200");
    expect(readListState(new URLSearchParams("page=x"), null).page).toBe(1);
  });
});
