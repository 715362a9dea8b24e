import { expect, it } from "vitest";
import { KINDS, changedIn, kindOf, serverKind } from "./kinds";

it("knows the server's kinds", () => {
  for (const kind of KINDS) expect(kindOf(serverKind(kind))).toBe(kind);
  expect(kindOf("something_else")).toBe("something_else");
});

it("says what was changed", () => {
  expect(changedIn({ changes: { kind: "person", "attributes.region": null } }, (field) => field.toUpperCase())).toEqual(["KIND", "ATTRIBUTES.REGION"]);
  expect(changedIn({ changes: { tags: ["a", "b"] } }, String)).toEqual(["a", "b"]);
  expect(changedIn({}, String)).toEqual([]);
});
