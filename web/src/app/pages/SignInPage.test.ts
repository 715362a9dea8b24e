import { expect, it } from "vitest";
import { refusalOf, safeNext } from "./SignInPage";

it("goes on to a page of this site only", () => {
  expect(safeNext("/customers?q=a")).toBe("/customers?q=a");
  for (const outside of [null, "", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]) {
    expect(safeNext(outside)).toBe("/");
  }
});

it("says why a provider's sign-in came to nothing, also where the library says it", () => {
  expect(refusalOf(new URLSearchParams("provider=1&next=%2F"))).toBeNull();
  expect(refusalOf(new URLSearchParams("refused=away"))).toBe("away");
  expect(refusalOf(new URLSearchParams("provider=1&error=cancelled"))).toBe("cancelled");
  expect(refusalOf(new URLSearchParams("provider=1&error=unknown"))).toBe("provider");
  expect(refusalOf(new URLSearchParams("refused=inactive&error=cancelled"))).toBe("inactive");
  expect(refusalOf(new URLSearchParams("refused=<b>"))).toBe("provider");
});
