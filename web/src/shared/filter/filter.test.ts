import { describe, expect, it } from "vitest";
import type { Field } from "../api/types";
import { readListState, writeListState } from "../list/useListState";
import { NO_FILTER, opsFor, readFilter, withCondition, writeFilter, type FlatFilter } from "./filter";

const filter: FlatFilter = {
  mode: "all",
  conditions: [
    { field: "grade", op: "in", value: ["vip", "important"] },
    { field: "name", op: "contains", value: "北京 & 上海?" },
  ],
};

describe("filter", () => {
  it("goes through the address unchanged", () => {
    const params = new URLSearchParams({ filter: writeFilter(filter) ?? "" });
    expect(readFilter(new URLSearchParams(params.toString()).get("filter"))).toEqual(filter);
    expect(writeFilter(NO_FILTER)).toBeNull();
  });

  it("reads a single condition and any-of", () => {
    expect(readFilter('{"field":"grade","op":"eq","value":"vip"}').conditions).toHaveLength(1);
    expect(readFilter('{"any":[{"field":"a","op":"eq","value":1}]}').mode).toBe("any");
  });

  it.each(["", "nonsense", "[]", "null", "3", '{"all":[{"field":"a","op":"drop table"}]}', '{"all":[{"any":[]}]}'])("shows everything rather than failing on %s", (text) => {
    expect(readFilter(text)).toEqual(NO_FILTER);
  });

  it("replaces the condition on a field and drops an empty one", () => {
    const changed = withCondition(filter, "grade", "in", ["small"]);
    expect(changed.conditions).toHaveLength(2);
    expect(changed.conditions.at(-1)?.value).toEqual(["small"]);
    expect(withCondition(filter, "grade", "in", []).conditions).toEqual([filter.conditions[1]]);
  });

  it("offers operators by type", () => {
    expect(opsFor({ type: "choice" } as Field)[0]).toBe("in");
    expect(opsFor({ type: "text" } as Field)).not.toContain("between");
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
