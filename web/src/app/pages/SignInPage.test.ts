import { expect, it } from "vitest";
import { safeNext } from "./SignInPage";

it("goes on to a page of this site only", () => {
  expect(safeNext("/customers?q=a")).toBe("/customers?q=a");
  for (const outside of [null, "", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]) {
    expect(safeNext(outside)).toBe("/");
  }
});
