import { expect, it } from "vitest";
import { isSearched, readSearch, writeSearch } from "./search";

it("goes through the address unchanged, without what is not asked", () => {
  const search = readSearch(new URLSearchParams("q=abc&actor=3&from=2026-01-01&other=1"));
  expect(writeSearch(search).toString()).toBe("q=abc&actor=3&from=2026-01-01");
  expect(isSearched(search)).toBe(true);
  expect(isSearched(readSearch(new URLSearchParams("other=1")))).toBe(false);
});
