/** The words of both languages as the tests read them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { files } from "./sources";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") all.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

export const folders = files.filter((file) => file.endsWith("/locales/zh.json")).map((file) => path.dirname(file));
export const nameOf = (folder: string) => path.basename(path.dirname(folder));
export const read = (folder: string, language: string) => flatten(JSON.parse(readFileSync(path.join(folder, `${language}.json`), "utf8")) as Tree);
export const words = new Map(folders.map((folder) => [nameOf(folder), read(folder, "zh")]));

const plural = (key: string) => key.replace(/_(one|other|zero)$/, "");
export const keysOf = (all: Map<string, string>) => [...new Set([...all.keys()].map(plural))].sort();

/** The namespaces a file takes its words from. */
export const namespacesOf = (text: string) => [
  ...new Set([...text.matchAll(/useTranslation\(\s*(\[[^\]]*\]|"[^"]*")/g)].flatMap((match) => [...(match[1] ?? "").matchAll(/"([^"]+)"/g)].map((m) => m[1] ?? ""))),
];
