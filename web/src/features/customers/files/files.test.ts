import { describe, expect, it } from "vitest";
import { accepted, pickedOf, sizeOf } from "./files";

const number = (value: number, digits = 0) => value.toFixed(digits);

describe("files", () => {
  it("offers the endings of the kinds that are taken", () => {
    expect(accepted({ most_bytes: 1, kinds: ["pdf", "jpeg"] })).toBe(".pdf,.jpg,.jpeg");
    expect(accepted(undefined)).toBeUndefined();
  });
  it("says before sending what is too large", () => {
    const rules = { most_bytes: 3, kinds: ["txt"] };
    const [small, large] = pickedOf([new File(["abc"], "a.txt"), new File(["abcd"], "b.txt")], rules);
    expect([small?.tooLarge, large?.tooLarge]).toEqual([false, true]);
    expect(small?.key).not.toBe(large?.key);
  });
  it("tells a size as people read it", () => {
    expect([820, 14 * 1024, 3.2 * 1024 * 1024].map((size) => sizeOf(size, number))).toEqual(["820 B", "14 KB", "3.2 MB"]);
  });
});
