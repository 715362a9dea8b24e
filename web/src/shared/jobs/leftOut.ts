/** What a job left as it was, in the words it gave for it. */
import type { Bilingual } from "../api/types";

export interface LeftOut {
  name?: string;
  words?: Bilingual;
}

interface Reason {
  words: string;
  names: string[];
}

/** Those left out, under the reason they share, in the order they came. */
export function reasonsOf(left: LeftOut[], label: (words: Bilingual) => string): Reason[] {
  const names = new Map<string, string[]>();
  for (const one of left) {
    if (!one.words) continue;
    const words = label(one.words);
    names.set(words, [...(names.get(words) ?? []), ...(one.name ? [one.name] : [])]);
  }
  return [...names].map(([words, of]) => ({ words, names: of }));
}
