/** Plain text of a note taken apart: paragraphs, lists, links and colleagues; nothing of it is ever HTML. */

type Inline = { what: "text" | "link" | "mention"; text: string };
export type Block = { what: "paragraph" | "bullets" | "numbers"; lines: string[] };

const BULLET = /^\s*[-*•]\s+/;
const NUMBER = /^\s*\d{1,3}[.)、]\s*/;
const LINK = /https?:\/\/[^\s<>"“”‘’（）《》，。；！？、]+/gi;

const kindOf = (line: string): Block["what"] => (BULLET.test(line) ? "bullets" : NUMBER.test(line) ? "numbers" : "paragraph");

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let apart = true;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") {
      apart = true;
      continue;
    }
    const what = kindOf(line);
    const bare = what === "bullets" ? line.replace(BULLET, "") : what === "numbers" ? line.replace(NUMBER, "") : line;
    const last = blocks.at(-1);
    if (last && !apart && last.what === what) last.lines.push(bare);
    else blocks.push({ what, lines: [bare] });
    apart = false;
  }
  return blocks;
}

export function inlinesOf(line: string, names: string[]): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  for (const match of line.matchAll(LINK)) {
    const link = match[0].replace(/[.,;:!?)\]]+$/, "");
    found.push(...withMentions(line.slice(at, match.index), names), { what: "link", text: link });
    at = match.index + link.length;
  }
  return [...found, ...withMentions(line.slice(at), names)];
}

function withMentions(text: string, names: string[]): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  let at = text.indexOf("@");
  while (at >= 0) {
    const name = longestAt(text, at, names);
    if (name) {
      if (at > from) found.push({ what: "text", text: text.slice(from, at) });
      found.push({ what: "mention", text: `@${name}` });
      from = at + name.length + 1;
    }
    at = text.indexOf("@", Math.max(from, at + 1));
  }
  return from < text.length ? [...found, { what: "text", text: text.slice(from) }] : found;
}

const longestAt = (text: string, at: number, names: string[]) =>
  names.filter((name) => name && text.startsWith(name, at + 1)).sort((a, b) => b.length - a.length)[0];

/** Whether what is typed after @ may mean a colleague: by name or user name, in pinyin, by initials. */
export function isMeant(typed: string, person: { label: string; said?: string[] } | undefined): boolean {
  const part = typed.toLowerCase();
  return person !== undefined && [person.label.toLowerCase(), ...(person.said ?? [])].some((way) => way.includes(part));
}

/** Ids of the colleagues a text names; of several with one name the chosen ones. */
export function mentionsIn(text: string, people: { id: number; name: string }[], chosen: number[]): number[] {
  const names = people.map((one) => one.name);
  const named = new Set(inlinesOf(text, names).filter((one) => one.what === "mention").map((one) => one.text.slice(1)));
  return [...named].flatMap((name) => {
    const meant = people.filter((one) => one.name === name);
    const picked = meant.filter((one) => chosen.includes(one.id));
    return (picked.length > 0 ? picked : meant.slice(0, 1)).map((one) => one.id);
  });
}

const LONGEST_SUBJECT = 200;

/** The first line is the subject of a call or visit, the rest its note. */
export function subjectAndNote(text: string): { subject: string; note: string } {
  const [first = "", ...rest] = text.trim().split(/\r?\n/);
  const subject = first.slice(0, LONGEST_SUBJECT);
  return { subject, note: [first.slice(LONGEST_SUBJECT), ...rest].join("\n").trim() };
}
