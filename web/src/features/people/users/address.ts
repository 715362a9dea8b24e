/** Addresses of the list of users. */
import type { Condition } from "@/shared/filter/filter";
import { filterAddress } from "@/shared/filter/written";

interface Wanted {
  role?: string | null;
  department?: number | null;
}

/** Where the users of a role, or of a department and those below it, are listed. */
export function usersAddress({ role, department }: Wanted): string {
  const conditions: Condition[] = [];
  if (role) conditions.push({ field: "role", op: "in", value: [role] });
  if (department) conditions.push({ field: "department", op: "in", value: [department] });
  const filter = filterAddress({ mode: "all", conditions });
  return filter ? `/people/users?filter=${filter}` : "/people/users";
}

/** The address that one with a role or a department of its own stands for today; null for all others. */
export function presentAddress(params: URLSearchParams): string | null {
  const wanted = { role: params.get("role"), department: Number(params.get("department")) || null };
  return wanted.role || wanted.department ? usersAddress(wanted) : null;
}
