import { describe, expect, it } from "vitest";
import { readAsked } from "./asked";

const known = { departments: [{ id: 3 }], owners: [{ id: 7 }] };
const read = (address: string, among: Parameters<typeof readAsked>[1] = known) => readAsked(new URLSearchParams(address), among);

describe("what an address asks the record for", () => {
  it("is read whole", () => {
    const asked = read("period=quarter&start=2026-05-06&department=3&state=open&item=visit");
    expect(asked).toEqual({ period: "quarter", start: "2026-05-06", department: 3, owner: null, state: "open", item: "visit", unread: [] });
  });
  it("names each part that says nothing there is", () => {
    const wrong = read("period=week&start=2026-06-31&department=sales&owner=-1&state=late&item=lunch");
    expect(wrong.unread).toEqual(["period", "start", "department", "owner", "state", "item"]);
    expect(read("period=&start=yesterday").unread).toEqual(["period", "start"]);
  });
  it("names a department and a person that there are not, once it is known which there are", () => {
    expect(read("department=9&owner=8").unread).toEqual(["department", "owner"]);
    expect(read("department=9&owner=8", {})).toMatchObject({ department: 9, owner: 8, unread: [] });
  });
  it("has nothing against an address that asks for nothing", () => {
    expect(read("").unread).toEqual([]);
  });
});
