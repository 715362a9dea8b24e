import { describe, expect, it } from "vitest";
import { groupsOf } from "./permissions";

describe("groupsOf", () => {
  it("loses no permission, known to the browser or not", () => {
    const groups = groupsOf(["read", "export", "fly"]);
    expect(groups.flatMap(([, codes]) => codes).sort()).toEqual(["export", "fly", "read"]);
    expect(groups.find(([group]) => group === "administration")?.[1]).toEqual(["fly"]);
  });
});
