import { describe, expect, it } from "vitest";
import { callHref, mailHref } from "./reach";

describe("reaching somebody", () => {
  it("calls telephones and writes to addresses", () => {
    expect(callHref("+86 138 7765-1234")).toBe("tel:+8613877651234");
    expect(mailHref("z@x.com")).toBe("mailto:z@x.com");
  });

  it("reaches nobody by what is masked or empty", () => {
    for (const phone of ["138****5678", "***", "", null, undefined]) expect(callHref(phone)).toBeUndefined();
    for (const email of ["z***@x.com", "", null]) expect(mailHref(email)).toBeUndefined();
  });
});
