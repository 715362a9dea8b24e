import { describe, expect, it } from "vitest";
import { initials } from "./names";

describe("initials", () => {
  it.each([["张小明", "小明"], ["王丽", "王丽"], ["欧阳修远", "修远"], ["Ada Byron King", "AK"], ["demo.am01", "DA"], ["admin", "A"], ["", ""]])("of %s are %s", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it("are one character where there is little room", () => {
    expect(initials("张小明", true)).toBe("明");
  });
});
