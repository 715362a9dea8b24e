import { describe, expect, it } from "vitest";
import { neverOf } from "./api";

const said = (state: string) => ({ never: { state, at: "2026-11-23T10:00:00Z", until: null } }) as unknown as Parameters<typeof neverOf>[0];

describe("not to be contacted at all", () => {
  it.each(["denied", "withdrawn"])("counts while the latest word is %s", (state) => {
    expect(neverOf(said(state))?.state).toBe(state);
  });

  it.each(["unknown", "given"])("is over once the latest word is %s", (state) => {
    expect(neverOf(said(state))).toBeNull();
  });

  it("is nobody's of whom nothing was said", () => {
    expect(neverOf(undefined)).toBeNull();
  });
});
