import dayjs from "dayjs";
import { describe, expect, it } from "vitest";
import type { Field } from "@/shared/api/types";
import type { Customer } from "../api";
import { changeOf, enteredOf, inputOf, isInline, isNew, isShared, withValue } from "./inline";

const field = (code: string, type: string, more: Partial<Field> = {}) => ({ code, type, label: code, choices: null, editable: true, ...more }) as Field;
const row = { id: 1, name: "Acme", phone: "", region: "East", owner: { id: 3, name: "李雷" }, attributes: { region: "East", founded: "2001-05-09", staff: 0 }, version: 4 } as unknown as Customer;
const owner = field("owner", "reference", { choices: [{ value: 4 as never, label: "韩梅梅" }] });

describe("one field in the table", () => {
  it("is shown, entered and sent by its type", () => {
    expect(inputOf(owner, row)).toBe(3);
    expect(changeOf(owner, 4)).toEqual({ owner_id: 4 });
    expect(dayjs.isDayjs(inputOf(field("attributes.founded", "date"), row))).toBe(true);
    expect(enteredOf(field("attributes.founded", "date"), dayjs("2002-01-02"))).toBe("2002-01-02");
    expect(changeOf(field("attributes.region", "text"), null)).toEqual({ attributes: { region: null } });
    expect(changeOf(field("phone", "text"), "1")).toEqual({ phone: "1" });
  });
  it("is emptied by nothing", () => {
    expect(enteredOf(field("phone", "text"), "  ")).toBe("");
    expect(enteredOf(field("phone", "text"), undefined)).toBe("");
    expect(enteredOf(field("attributes.region", "text"), "")).toBeNull();
    expect(enteredOf(owner, undefined)).toBeNull();
    expect(enteredOf(field("attributes.staff", "number"), 0)).toBe(0);
  });
  it("is saved only when something else was entered", () => {
    expect(isNew(field("attributes.staff", "number"), row, 0)).toBe(false);
    expect(isNew(field("phone", "text"), row, "")).toBe(false);
    expect(isNew(owner, row, 3)).toBe(false);
    expect(isNew(owner, row, null)).toBe(true);
  });
  it("stands in the row at once", () => {
    expect(withValue(row, owner, 4).owner).toEqual({ id: 4, name: "韩梅梅" });
    expect(withValue(row, field("attributes.region", "text"), "West")).toMatchObject({ region: "West", attributes: { region: "West", staff: 0 } });
    expect(withValue(row, field("attributes.staff", "number"), 7)).not.toHaveProperty("staff");
  });
  it("is given to many at once where the server says so and there is a control", () => {
    expect(isShared(field("kind", "choice", { shared: true }))).toBe(true);
    expect(isShared(field("name", "text", { shared: false }))).toBe(false);
    expect(isShared(field("attributes.plant", "reference", { shared: true }))).toBe(true);
    expect(isShared(field("department", "reference", { shared: true }))).toBe(false);
  });
  it("is a reference with its name, of those the company defined", () => {
    const plant = field("attributes.plant", "reference");
    const named = { ...row, attributes: { plant: { id: 9, name: "North plant" } } } as unknown as Customer;
    expect(isNew(plant, named, { id: 9, name: "North plant" })).toBe(false);
    expect(changeOf(plant, enteredOf(plant, { id: 8, name: "South plant" }))).toEqual({ attributes: { plant: { id: 8, name: "South plant" } } });
    expect(withValue(named, plant, { id: 8, name: "South plant" }).attributes.plant).toEqual({ id: 8, name: "South plant" });
    expect(enteredOf(plant, null)).toBeNull();
  });
  it("cannot be edited when it is a reference of the house's own other than the owner", () => {
    expect(isInline(owner)).toBe(true);
    expect(isInline(field("attributes.plant", "reference"))).toBe(true);
    expect(isInline(field("department", "reference"))).toBe(false);
    expect(isInline(field("grade", "choice", { editable: false }))).toBe(false);
  });
});
