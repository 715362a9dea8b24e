import { describe, expect, it } from "vitest";
import { GROUPED } from "./grouped";

const parse = GROUPED.parser as (text: string | undefined) => string;

describe("amounts in a field", () => {
  it("are grouped once written, not while they are typed", () => {
    expect(GROUPED.formatter("1234567.12345", { userTyping: false, input: "" })).toBe("1,234,567.12345");
    expect(GROUPED.formatter(-1200, { userTyping: false, input: "" })).toBe("-1,200");
    expect(GROUPED.formatter(undefined, { userTyping: false, input: "" })).toBe("");
    expect(GROUPED.formatter("1234", { userTyping: true, input: "1234" })).toBe("1234");
  });

  it("are read with or without groups", () => {
    expect(parse("1,234，567.5 ")).toBe("1234567.5");
    expect(parse("")).toBe("");
    expect(parse(undefined)).toBe("");
  });
});
