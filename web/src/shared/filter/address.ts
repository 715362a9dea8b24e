/**
 * A filter in the address bar, short and legible: `grade*in*_lvip.important*score*ge*80`.
 *
 * Tokens are parted by `*`. A condition is three of them: field, operator, value. `-a2` and `-o2` begin a group of
 * two parts of which all or any hold, `-n` turns the next part round, `-r.transactions.ge.3` begins related records.
 * Conditions side by side all hold. Other characters than letters, digits, `-` and those of other scripts are `_` and
 * two hexadecimal digits.
 */
import type { Condition, Group, Op, Part, Related, RelativeDay, Value } from "./filter";

const hide = (text: string) => text.replace(/[_*.%&=+# \t\n\r"'<>\\^`{|}[\]()/?:;,@!$~]/g, (sign) => `_${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
const show = (text: string) => text.replace(/_([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

function writeOne(value: string | number): string {
  if (typeof value === "number") return hide(String(value));
  return value === "" || NUMBER.test(value) ? `_s${hide(value)}` : hide(value);
}

function readOne(token: string): string | number {
  if (token.startsWith("_s")) return show(token.slice(2));
  const text = show(token);
  return NUMBER.test(text) ? Number(text) : text;
}

function writeValue(value: Value): string {
  if (typeof value === "boolean") return value ? "_t" : "_n";
  if (Array.isArray(value)) return `_l${value.map(writeOne).join(".")}`;
  if (typeof value === "object") return "days_ago" in value ? `_g${value.days_ago}` : `_p${hide(value.period)}`;
  return writeOne(value);
}

function readValue(token: string): Value {
  if (token === "_t" || token === "_n") return token === "_t";
  if (token.startsWith("_l")) return token.slice(2).split(".").map(readOne);
  if (token.startsWith("_g")) return { days_ago: Number(token.slice(2)) };
  if (token.startsWith("_p")) return { period: show(token.slice(2)) } as RelativeDay;
  return readOne(token);
}

function write(part: Part): string[] {
  if ("field" in part) return [part.field, part.op, writeValue(part.value)];
  if ("related" in part) {
    const count = part.count ? `.${part.count.op}.${part.count.value}` : "";
    return [`-r.${part.related}${count}`, ...write(part.having)];
  }
  const inner = [`-${part.mode === "any" ? "o" : "a"}${part.conditions.length}`, ...part.conditions.flatMap(write)];
  return part.not ? ["-n", ...inner] : inner;
}

export function writeAddress(filter: Group): string {
  const plain = filter.mode === "all" && !filter.not;
  return (plain ? filter.conditions.flatMap(write) : write(filter)).join("*");
}

class Reader {
  private at = 0;
  private readonly tokens: string[];

  constructor(text: string) {
    this.tokens = text.split("*");
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error("the filter ends too soon");
    this.at += 1;
    return token;
  }

  part(): Part {
    const token = this.next();
    if (token === "-n") {
      const inner = this.part();
      return "conditions" in inner && !inner.not ? { ...inner, not: true } : { mode: "all", not: true, conditions: [inner] };
    }
    if (token.startsWith("-r.")) return this.related(token);
    const group = /^-([ao])(\d{1,2})$/.exec(token);
    if (group) return { mode: group[1] === "o" ? "any" : "all", conditions: Array.from({ length: Number(group[2]) }, () => this.part()) };
    if (token.startsWith("-")) throw new Error("not a part of a filter");
    return { field: token, op: this.next() as Op, value: readValue(this.next()) } satisfies Condition;
  }

  private related(token: string): Related {
    const [, related = "", op, value] = token.split(".");
    const having = this.part();
    return {
      related,
      having: "conditions" in having ? having : { mode: "all", conditions: [having] },
      count: op ? { op: op as "ge", value: Number(value) } : null,
    };
  }
}

/** The parts an address holds, or null; throws where it is broken. What the words are allowed to be is checked elsewhere. */
export function readAddress(text: string): Part | null {
  const reader = new Reader(text);
  const parts: Part[] = [];
  while (!reader.done) parts.push(reader.part());
  return parts.length === 1 ? (parts[0] ?? null) : { mode: "all", conditions: parts };
}
