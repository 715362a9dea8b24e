import { describe, expect, it } from "vitest";
import { ApiError } from "../api/request";
import { fieldOf, sortComplaints } from "./FormDialog";

const error = new ApiError(422, "invalid", "No.", [
  { where: "items[0].amount", code: "negative", message: "" },
  { where: "attributes.region", code: "too_long", message: "" },
  { where: "customer", code: "unknown", message: "" },
]);

it("finds the field in the place of a complaint", () => {
  expect(fieldOf("items[12].amount")).toBe("amount");
  expect(fieldOf("amount")).toBe("amount");
  expect(fieldOf("attributes.region")).toBe("attributes.region");
});

describe("sortComplaints", () => {
  it("puts each complaint at its field and keeps the others", () => {
    const { atFields, rest } = sortComplaints(error, new Set(["amount", "attributes.region", "note"]));
    expect(atFields.map(({ name, detail }) => [name, detail.code])).toEqual([[["amount"], "negative"], [["attributes", "region"], "too_long"]]);
    expect((rest as ApiError).details.map((detail) => detail.where)).toEqual(["customer"]);
    expect((rest as ApiError).code).toBe("invalid");
  });
  it("leaves any other error as it is", () => {
    const other = new Error("boom");
    expect(sortComplaints(other, new Set(["amount"]))).toEqual({ atFields: [], rest: other });
  });
});
