import { expect, test } from "vitest";
import { tooMany } from "./CutNotice";

const field = (value: string, from = value.length, to = from) => ({ maxLength: 5, value, selectionStart: from, selectionEnd: to });

test("counts what does not fit", () => {
  expect(tooMany(field("abc"), "de")).toBe(0);
  expect(tooMany(field("abc"), "defg")).toBe(2);
  expect(tooMany(field("abcde", 0, 5), "vwxyz")).toBe(0);
  expect(tooMany({ ...field("abcde"), maxLength: -1 }, "f")).toBe(0);
});
