const HAN = /^[\u3400-\u9fff]+$/;

/** What stands for a person without a photo: the given name of 张小明 is 小明, Ada Byron King is AK; `few` where it is small. */
export function initials(name: string, few = false): string {
  const plain = name.trim();
  if (HAN.test(plain)) return [...plain].slice(few ? -1 : -2).join("");
  const words = plain.split(/[\s.·_-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase();
}
