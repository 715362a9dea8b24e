import { expect, it } from "vitest";
import { readFilter } from "@/shared/filter/written";
import { presentAddress } from "./address";

const asked = (address: string | null) => new URL(address ?? "", "http://x").searchParams;
const conditions = (address: string | null) => readFilter(asked(address).get("filter")).conditions;

it("reads addresses people kept", () => {
  const present = presentAddress(new URLSearchParams("q=North Ltd&actor=3&action=export&from=2026-01-01&to=2026-01-31"));
  expect(asked(present).get("q")).toBe("North Ltd");
  expect(conditions(present)).toEqual([
    { field: "actor", op: "eq", value: 3 },
    { field: "action", op: "in", value: ["export"] },
    { field: "at", op: "ge", value: "2026-01-01" },
    { field: "at", op: "le", value: "2026-01-31" },
  ]);
  expect(presentAddress(new URLSearchParams("q=North&view=all"))).toBeNull();
});
