/** What the address of the accountability page asks for, and which parts of it say nothing that there is. */
import dayjs from "dayjs";
import { PERIODS, type Period } from "./periods";

export const STATES = ["open", "due", "done", "missed", "excused"] as const;
export const ITEMS = ["visit", "contact", "answer", "sponsor"] as const;
const PARTS = ["period", "start", "department", "owner", "state", "item"] as const;
export type AddressPart = (typeof PARTS)[number];

interface Known {
  /** Missing while it is not known which there are. */
  departments?: { id: number }[];
  owners?: { id: number }[];
}

interface AskedFor {
  period: Period | null;
  start: string | null;
  department: number | null;
  owner: number | null;
  state: (typeof STATES)[number] | null;
  item: (typeof ITEMS)[number] | null;
}

export function readAsked(params: URLSearchParams, { departments, owners }: Known): AskedFor & { unread: AddressPart[] } {
  const one = <T extends string>(name: AddressPart, among: readonly T[]) => among.find((each) => each === params.get(name)) ?? null;
  const asked: AskedFor = {
    period: one("period", PERIODS),
    start: dayOf(params.get("start")),
    department: numberOf(params.get("department"), departments),
    owner: numberOf(params.get("owner"), owners),
    state: one("state", STATES),
    item: one("item", ITEMS),
  };
  return { ...asked, unread: PARTS.filter((name) => params.has(name) && asked[name] === null) };
}

function dayOf(text: string | null): string | null {
  // A day that there is comes back as it was written: the 31st of June does not.
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).format("YYYY-MM-DD") === text ? text : null;
}

function numberOf(text: string | null, among?: { id: number }[]): number | null {
  if (!text || !/^[1-9]\d{0,17}$/.test(text)) return null;
  const number = Number(text);
  return !among || among.some((one) => one.id === number) ? number : null;
}
