import { describe, expect, it } from "vitest";
import { accepted, pickedOf } from "./files";

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
});
