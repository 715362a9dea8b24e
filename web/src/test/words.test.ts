import { describe, expect, it } from "vitest";
import { folders, keysOf, nameOf, namespacesOf, read, words } from "./locales";
import { code, short } from "./sources";

const holes = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort().join();

describe.each(folders.map((folder) => [nameOf(folder), folder]))("words of %s", (_name, folder) => {
  const zh = read(folder, "zh");
  const en = read(folder, "en");

  it("has the same keys in both languages, none of them empty", () => {
    expect(keysOf(en)).toEqual(keysOf(zh));
    expect([...zh, ...en].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("fills the same values into both", () => {
    for (const [key, text] of zh) {
      const other = en.get(key) ?? en.get(`${key}_other`);
      expect(`${key}: ${holes(other ?? "")}`).toBe(`${key}: ${holes(text)}`);
    }
  });

  it("writes Chinese with full-width punctuation and no exclamation marks", () => {
    for (const [key, text] of zh) expect(`${key}: ${text}`).not.toMatch(/[\u4e00-\u9fff][,;:?!]|[!！]/);
    for (const [key, text] of en) expect(`${key}: ${text}`).not.toMatch(/!/);
  });
});

/** Every key the code asks for, with the file that asks; `prefix` ones end in a value known only at run time. */
function used(): { file: string; namespaces: string[]; key: string; prefix: boolean }[] {
  return code.flatMap(({ file, text }) => {
    const asked = namespacesOf(text);
    const namespaces = asked.length > 0 ? asked : ["shared"];
    const plain = [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => ({ file, namespaces, key: match[1] ?? "", prefix: false }));
    const either = [...text.matchAll(/\bt\(\s*\w[^"`()]*\?\s*"([^"]+)"\s*:\s*"([^"]+)"/g)].flatMap((match) => [match[1], match[2]].map((key) => ({ file, namespaces, key: key ?? "", prefix: false })));
    const built = [...text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map((match) => ({ file, namespaces, key: match[1] ?? "", prefix: true }));
    return [...plain, ...either, ...built];
  });
}

describe("keys the code asks for", () => {
  it.each(used().map((use) => [use.key, use]))("%s exists", (_key, { file, namespaces, key, prefix }) => {
    const [named, bare] = key.includes(":") ? (key.split(":") as [string, string]) : [null, key];
    const found = (named ? [named] : namespaces).some((namespace) => {
      const keys = keysOf(words.get(namespace) ?? new Map());
      return prefix ? keys.some((known) => known.startsWith(bare)) : keys.includes(bare);
    });
    expect(found, `${short(file)} asks for ${key}`).toBe(true);
  });
});
