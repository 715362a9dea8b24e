import { describe, expect, it } from "vitest";
import { fieldValue } from "./fieldColumns";

describe("the value of a field in a row", () => {
  const row = { name: "One", region: "North", attributes: { size: "micro", staff: 12, region: "South" } };

  it("finds attributes whatever their first letter", () => {
    expect(fieldValue(row, "attributes.size")).toBe("micro");
    expect(fieldValue(row, "attributes.staff")).toBe(12);
    expect(fieldValue(row, "attribute:size")).toBe("micro");
  });

  it("takes the row's own field before an attribute", () => {
    expect(fieldValue(row, "region")).toBe("North");
    expect(fieldValue(row, "attributes.region")).toBe("South");
  });

  it("finds the record's number, and what other capabilities know", () => {
    const known = { ...row, id: 1234, added: { do_not_contact: false } };
    expect(fieldValue(known, "record")).toBe(1234);
    expect(fieldValue(known, "do_not_contact")).toBe(false);
  });
});
