/** A word nobody asks for is not kept: it would be translated and corrected for nothing. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { keysOf, namespacesOf, words } from "./locales";
import { SRC, code, short } from "./sources";

/** Keys whose last part is a word of the server that the browser does not know beforehand. */
const SAID_BY_THE_SERVER = [
  "app:search.matched.",
  "assignment:handing.obstacle.", "assignment:handing.stayed.", "assignment:handing.undone.", "assignment:pool.causes.",
  "customers:access.who.", "customers:access.why.", "customers:changes.why.", "customers:history.fields.",
  "customers:override_state.", "customers:owners.ends.", "customers:owners.reasons.", "customers:relation.words.", "customers:timeline.action.", "customers:timeline.graded",
  "integration:reason.",
  "people:audit.action.", "people:audit.consent_part.", "people:audit.field.", "people:audit.state.", "people:audit.subject.", "people:audit.value.", "people:audit.via.", "people:scope.", "people:scope_hint.",
  "privacy:consent.purposes.", "privacy:consent.reasons.",
  "quality:step.",
  "shared:detail.", "shared:error.", "shared:where.",
  "value:adviser.measure.", "value:cause.", "value:fact.", "value:family.", "value:run.count.", "value:run.step.",
];
/** Keys whose last part the browser counts or puts together. */
const PUT_TOGETHER = ["people:rating.marks.", "privacy:consent.states.all_"];

const placeOf = (file: string) => short(file).split(path.sep).slice(0, 2).filter((part) => part !== "features")[0] ?? "";
const quoted = (text: string) => [...text.matchAll(/"([\w-]+)"|`([\w-]+)`|\b(\w+)\??:/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

/** The fixed parts of each `a.${b}.c` that can be a key, with holes between them. */
function templates(text: string): string[][] {
  const found: string[][] = [];
  for (const match of text.matchAll(/`[\w:.-]+\$\{/g)) {
    const parts: string[] = [];
    let part = "";
    let at = match.index + 1;
    while (at < text.length && text[at] !== "`") {
      if (text.startsWith("${", at)) {
        let depth = 1;
        for (at += 2; depth > 0 && at < text.length; at += 1) depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
        parts.push(part);
        part = "";
      } else {
        part += text.charAt(at);
        at += 1;
      }
    }
    parts.push(part);
    if (parts.every((part) => /^[\w:.-]*$/.test(part))) found.push(parts);
  }
  return found;
}

const all = [...words.keys()];
const escaped = (text: string) => text.replace(/[.\\-]/g, "\\$&");

/** Keys written out, `namespace:key`, and by namespace the patterns of those put together. */
const plain = new Set<string>();
const built = new Map<string, RegExp[]>(all.map((namespace) => [namespace, []]));
for (const { text } of code) {
  const named = namespacesOf(text);
  const namespaces = named.length > 0 ? [...named, "shared"] : all;
  const split = (key: string): [string[], string] => (key.includes(":") ? [[key.slice(0, key.indexOf(":"))], key.slice(key.indexOf(":") + 1)] : [namespaces, key]);
  for (const match of text.matchAll(/"([A-Za-z][\w:.-]*)"/g)) {
    const [from, key] = split(match[1] ?? "");
    for (const namespace of from) plain.add(`${namespace}:${key}`);
  }
  for (const [head = "", ...rest] of templates(text)) {
    const [from, start] = split(head);
    for (const namespace of from) built.get(namespace)?.push(new RegExp(`^${[start, ...rest].map(escaped).join("([\\w-]*)")}$`));
  }
}

/** Values that may stand in a hole: written in this feature, in what is shared, or in the API's document. */
const ofTheApi = new Set([...readFileSync(path.join(SRC, "client/schema.d.ts"), "utf8").matchAll(/"([\w-]+)"(?=\s*[|;\])])/g)].map((match) => match[1] ?? ""));
const writtenIn = new Map<string, Set<string>>();
for (const { file, text } of code) {
  const place = placeOf(file);
  writtenIn.set(place, new Set([...(writtenIn.get(place) ?? []), ...quoted(text)]));
}

describe.each(all)("words of %s", (namespace) => {
  const known = [ofTheApi, writtenIn.get(namespace), writtenIn.get("shared")];
  const canBe = (value: string) => value === "" || known.some((values) => values?.has(value));
  const declared = (key: string) => [...SAID_BY_THE_SERVER, ...PUT_TOGETHER].some((prefix) => `${namespace}:${key}`.startsWith(prefix));
  const isBuilt = (key: string) =>
    (built.get(namespace) ?? []).some((pattern) => {
      const holes = pattern.exec(key)?.slice(1);
      return holes !== undefined && (declared(key) || holes.every(canBe));
    });

  it("are all asked for", () => {
    expect(keysOf(words.get(namespace) ?? new Map()).filter((key) => !plain.has(`${namespace}:${key}`) && !isBuilt(key))).toEqual([]);
  });
});

it("declares no prefix that has no words", () => {
  const known = [...words].flatMap(([namespace, keys]) => [...keys.keys()].map((key) => `${namespace}:${key}`));
  expect([...SAID_BY_THE_SERVER, ...PUT_TOGETHER].filter((prefix) => !known.some((key) => key.startsWith(prefix)))).toEqual([]);
});
