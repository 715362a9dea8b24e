import { describe, expect, it } from "vitest";
import en from "../locales/en.json";
import zh from "../locales/zh.json";
import { alone, CHOICES, wordsOf } from "./choices";

const said = (words: object, path: string): unknown => path.split(".").reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], words);

describe.each([["zh", zh], ["en", en]])("the choices of the log in %s", (_, words) => {
  it.each(Object.entries(CHOICES))("%s: each has words, no two the same", (block, values) => {
    const found = values.map((value) => alone(String(said(words, wordsOf(block, value)) ?? "")));
    expect(found.filter((word) => !word)).toEqual([]);
    expect(found.filter((word, at) => found.indexOf(word) !== at)).toEqual([]);
  });
});

it("stands by itself without what leads over to a name", () => {
  expect(["修改", "放回公海：", "Revealed a field of", "Signed in:"].map(alone)).toEqual(["修改", "放回公海", "Revealed a field", "Signed in"]);
});
