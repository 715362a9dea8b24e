import { describe, expect, it } from "vitest";
import { readFilter } from "@/shared/filter/written";
import { presentAddress, usersAddress } from "./address";

const asked = (address: string | null) => readFilter(new URL(address ?? "", "http://x").searchParams.get("filter")).conditions;

describe("usersAddress", () => {
  it("asks for a role and for a department", () => {
    expect(asked(usersAddress({ role: "reader" }))).toEqual([{ field: "role", op: "in", value: ["reader"] }]);
    expect(asked(usersAddress({ department: 7 }))).toEqual([{ field: "department", op: "in", value: [7] }]);
    expect(usersAddress({})).toBe("/people/users");
  });
});

describe("presentAddress", () => {
  it("reads addresses people kept", () => {
    expect(asked(presentAddress(new URLSearchParams("role=manager&department=7")))).toHaveLength(2);
    expect(presentAddress(new URLSearchParams("q=ann"))).toBeNull();
    expect(presentAddress(new URLSearchParams("department=east"))).toBeNull();
  });
});
