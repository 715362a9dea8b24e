import { expect, it } from "vitest";
import { reasonsOf } from "./leftOut";

it("names those left out under the reason they share", () => {
  const full = { en: "full", zh: "满" };
  const left = [{ name: "甲", words: full }, { name: "乙", words: { en: "rule", zh: "规则" } }, { name: "丙", words: { ...full } }, { name: "丁" }];
  expect(reasonsOf(left, (words) => (typeof words === "string" ? words : (words.zh ?? "")))).toEqual([
    { words: "满", names: ["甲", "丙"] },
    { words: "规则", names: ["乙"] },
  ]);
});
