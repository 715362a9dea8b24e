import { beforeEach, describe, expect, it } from "vitest";
import { keepColumns, moved, readColumns, shifted, widened, withCodes } from "./layout";

const columns = ["name", "grade", "score", "owner"].map((code) => ({ code, width: null }));
const codes = (all: { code: string }[]) => all.map((one) => one.code).join();

describe("columns", () => {
  it("are dragged to the left before, to the right behind the one dropped on", () => {
    expect(codes(moved(columns, "owner", "grade"))).toBe("name,owner,grade,score");
    expect(codes(moved(columns, "grade", "owner"))).toBe("name,score,owner,grade");
  });
  it("keep the name first", () => {
    expect(codes(moved(columns, "name", "owner"))).toBe("name,grade,score,owner");
    expect(codes(moved(columns, "owner", "name"))).toBe("name,owner,grade,score");
  });
  it("move one place by key, and stop at the ends", () => {
    expect(codes(shifted(columns, "score", -1))).toBe("name,score,grade,owner");
    expect(codes(shifted(columns, "score", 1))).toBe("name,grade,owner,score");
    expect(codes(shifted(columns, "owner", 1))).toBe("name,grade,score,owner");
  });
  it("keep widths and order when others come and go", () => {
    const wide = widened(columns, "grade", 150);
    expect(withCodes(wide, ["phone", "grade", "name"])).toEqual([{ code: "name", width: null }, { code: "grade", width: 150 }, { code: "phone", width: null }]);
  });
});

describe("kept columns", () => {
  beforeEach(() => localStorage.clear());
  it("come back per view, and are forgotten on reset", () => {
    keepColumns("k", "12", columns);
    keepColumns("k", "", columns.slice(0, 1));
    expect(readColumns("k", "12")).toEqual(columns);
    keepColumns("k", "12", null);
    expect(readColumns("k", "12")).toBeNull();
    expect(readColumns("k", "")).toHaveLength(1);
  });
  it.each(['{"":1}', "oops", "[1]", "null"])("ignore %s", (text) => {
    localStorage.setItem("k", text);
    expect(readColumns("k", "")).toBeNull();
  });
});
