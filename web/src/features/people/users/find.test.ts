import { describe, expect, it } from "vitest";
import type { Department, User } from "../api";
import { findUsers } from "./find";

const user = (id: number, name: string, role: User["role"], department: number | null): User => ({
  id, name, role, username: `u${id}`, email: `${name}@example.com`, department: department ? { id: department, name: "" } : null, title: "", phone: "", manager: null, active: true, last_login: null,
});
const users = [user(1, "王丽", "manager", 1), user(2, "Ann", "salesperson", 2), user(3, "Bob", "reader", null)];
const departments: Department[] = [
  { id: 1, name: "East", parent_id: null, path: "/1/", head: null, members: 1 },
  { id: 2, name: "Shanghai", parent_id: 1, path: "/1/2/", head: null, members: 1 },
];
const ids = (wanted: Partial<Parameters<typeof findUsers>[2]>) => findUsers(users, departments, { q: "", role: null, department: null, ...wanted }).map((one) => one.id);

describe("findUsers", () => {
  it("finds by any part of a name, without regard to case", () => {
    expect(ids({ q: " AN" })).toEqual([2]);
    expect(ids({ q: "丽" })).toEqual([1]);
    expect(ids({ q: "u3" })).toEqual([3]);
  });
  it("takes a department with those below it", () => {
    expect(ids({ department: 1 })).toEqual([1, 2]);
    expect(ids({ department: 2 })).toEqual([2]);
  });
  it("narrows by role too", () => {
    expect(ids({ role: "manager", department: 1 })).toEqual([1]);
    expect(ids({})).toEqual([1, 2, 3]);
  });
});
