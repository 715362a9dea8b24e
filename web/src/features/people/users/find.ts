import type { Department, User } from "../api";

export interface Wanted {
  q: string;
  role: string | null;
  department: number | null;
}

/** Users by a part of name, sign-in name or e-mail, by role, and by department with all below it. */
export function findUsers(users: User[], departments: Department[], { q, role, department }: Wanted): User[] {
  const words = q.trim().toLowerCase();
  const path = departments.find((one) => one.id === department)?.path;
  const below = new Set(path ? departments.filter((one) => one.path.startsWith(path)).map((one) => one.id) : [department]);
  return users.filter(
    (user) =>
      (!words || [user.name, user.username, user.email].some((text) => text.toLowerCase().includes(words))) &&
      (!role || user.role === role) &&
      (!department || (user.department !== null && below.has(user.department.id))),
  );
}
