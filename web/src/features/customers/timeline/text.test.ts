import { describe, expect, it } from "vitest";
import { blocksOf, inlinesOf, isMeant, mentionsIn, subjectAndNote } from "./text";

const people = [{ id: 1, name: "Li" }, { id: 2, name: "Li Lei" }, { id: 3, name: "王伟" }, { id: 4, name: "王伟" }];

describe("a note's text", () => {
  it("has paragraphs and lists", () => {
    expect(blocksOf("First\nsecond\n\n- a\n* b\n1. c\n2、d")).toEqual([
      { what: "paragraph", lines: ["First", "second"] },
      { what: "bullets", lines: ["a", "b"] },
      { what: "numbers", lines: ["c", "d"] },
    ]);
  });

  it("has links to the web alone", () => {
    expect(inlinesOf("见 https://a.cn/x?y=1。javascript:alert(1)", [])).toEqual([
      { what: "text", text: "见 " },
      { what: "link", text: "https://a.cn/x?y=1" },
      { what: "text", text: "。javascript:alert(1)" },
    ]);
  });

  it("names colleagues by the longest name", () => {
    expect(inlinesOf("请@Li Lei看，a@b.cn", ["Li", "Li Lei"])).toEqual([
      { what: "text", text: "请" },
      { what: "mention", text: "@Li Lei" },
      { what: "text", text: "看，a@b.cn" },
    ]);
    expect(mentionsIn("@Li Lei @王伟", people, [4])).toEqual([2, 4]);
    expect(mentionsIn("@王伟", people, [])).toEqual([3]);
    expect(mentionsIn("nobody", people, [3])).toEqual([]);
  });

  it("is a subject and a note", () => {
    expect(subjectAndNote("Offer sent\nthey want 5 %\n")).toEqual({ subject: "Offer sent", note: "they want 5 %" });
  });
});

it("finds a colleague by name, user name, pinyin and initials", () => {
  const wang = { label: "王丽 (wli)", said: ["王丽", "wangli", "wl"] };
  expect(["王", "WLI", "wangl", "wl", ""].map((typed) => isMeant(typed, wang))).toEqual([true, true, true, true, true]);
  expect(isMeant("zhang", wang) || isMeant("w", undefined)).toBe(false);
});
