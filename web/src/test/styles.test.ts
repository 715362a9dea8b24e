/** Each class of a style sheet is worn by a component that imports it, and none is worn that does not exist. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SRC, code, files, short } from "./sources";

/** Sheets whose classes are named after values known at run time, as in `styles[grade]`. */
const NAMED_AFTER_VALUES = ["shared/ui/Grade.module.css", "shared/ui/Status.module.css"];

const sheets = files.filter((file) => file.endsWith(".module.css"));

function classesOf(sheet: string): string[] {
  const text = readFileSync(sheet, "utf8").replace(/\/\*[^]*?\*\/|:global\([^)]*\)/g, "");
  const selectors = [...text.matchAll(/([^{}]*)\{/g)].map((match) => match[1] ?? "").join(" ");
  return [...new Set([...selectors.matchAll(/\.([A-Za-z_][\w-]*)/g)].map((match) => match[1] ?? ""))].sort();
}

/** The classes taken from each sheet. */
const worn = new Map<string, Set<string>>(sheets.map((sheet) => [sheet, new Set()]));
for (const { file, text } of code) {
  for (const [line, name = "", from = ""] of text.matchAll(/import (\w+) from "([^"]+\.module\.css)"/g)) {
    const sheet = from.startsWith("@/") ? path.join(SRC, from.slice(2)) : path.resolve(path.dirname(file), from);
    for (const match of text.replace(line, "").matchAll(new RegExp(`\\b${name}\\.(?!module\\.css)(\\w+)|\\b${name}\\["([\\w-]+)"\\]`, "g"))) worn.get(sheet)?.add(match[1] ?? match[2] ?? "");
  }
}

describe.each(sheets.map((sheet) => [short(sheet), sheet]))("%s", (name, sheet) => {
  const classes = classesOf(sheet);

  it("has no class that nobody wears", () => {
    expect(NAMED_AFTER_VALUES.includes(name) ? [] : classes.filter((one) => !worn.get(sheet)?.has(one))).toEqual([]);
  });

  it("has every class that is asked for", () => {
    expect([...(worn.get(sheet) ?? [])].filter((one) => !classes.includes(one))).toEqual([]);
  });
});
