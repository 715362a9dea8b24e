/** Calls of /users, /departments, /api-keys and /audit. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, patch, post, remove } from "@/shared/api/request";

type Schemas = components["schemas"];

export type Role = Schemas["RoleOut"];
type RoleChange = Schemas["RoleChangeIn"];
export type RoleChoices = Schemas["RoleChoicesOut"];
export type User = Schemas["UserOut"];
type UserChange = Schemas["UserChangeIn"];
export type NewUser = Schemas["UserIn"];
export type Deactivated = Schemas["DeactivationOut"];
export type Department = Schemas["DepartmentOut"] & { customers?: number };
export type ApiKey = Schemas["ApiKeyOut"];
export type AuditEntry = Schemas["AuditOut"];

export const USERS = ["people", "users"] as const;
const DEPARTMENTS = ["people", "departments"] as const;
const ROLES = ["people", "roles"] as const;
const KEYS = ["people", "keys"] as const;

export const useUsers = () => useQuery({ queryKey: USERS, queryFn: () => get<User[]>("/users") });
export const useDepartments = () => useQuery({ queryKey: DEPARTMENTS, queryFn: () => get<Department[]>("/departments") });
export const useApiKeys = () => useQuery({ queryKey: KEYS, queryFn: () => get<ApiKey[]>("/api-keys") });

export const useRoles = () => useQuery({ queryKey: ROLES, queryFn: () => get<Role[]>("/roles") });
export const useRoleChoices = () => useQuery({ queryKey: ["people", "role choices"], queryFn: () => get<RoleChoices>("/roles/choices") });
export const createRole = (made: Partial<Schemas["RoleIn"]>) => post<Role>("/roles", made);
export const updateRole = (code: string, change: Partial<RoleChange>) => patch<Role>(`/roles/${code}`, change);

export const createUser = (user: NewUser) => post<{ user: User; password: string }>("/users", user);
export const updateUser = (id: number, change: UserChange) => patch<User>(`/users/${id}`, change);
export const createDepartment = (made: Schemas["DepartmentIn"]) => post<Department>("/departments", made);
export const updateDepartment = (id: number, change: Schemas["DepartmentChangeIn"]) => patch<Department>(`/departments/${id}`, change);
export const createKey = (made: Schemas["ApiKeyIn"]) => post<Schemas["ApiKeyMadeOut"]>("/api-keys", made);

/** Makes everything this page shows of people old, after a change. */
export function useRefreshPeople(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["people"] });
}

function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const refresh = useRefreshPeople();
  return useMutation({ mutationFn: change, onSuccess: refresh });
}

export const useResetPassword = () => useChange((id: number) => post<{ password: string }>(`/users/${id}/password`));
export const useActivate = () => useChange(({ id, active }: { id: number; active: boolean }) => updateUser(id, { active }));
/** How many customers a person has, of those the viewer sees. */
export const useOwnedCount = (userId: number) =>
  useQuery({
    queryKey: ["people", "owned", userId],
    queryFn: () => get<{ count: number }>("/customers/count", { filter: JSON.stringify({ all: [{ field: "owner", op: "eq", value: userId }] }) }),
  });
export const deactivateUser = (id: number, handOver: { hand_over_to?: number | null; reason?: string }) =>
  post<Deactivated>(`/users/${id}/deactivate`, { hand_over_to: null, ...handOver });
export const useDeleteDepartment = () => useChange((id: number) => remove<void>(`/departments/${id}`));
export const useDeleteRole = () => useChange((code: string) => remove<void>(`/roles/${code}`));
export const useRevokeKey = () => useChange((id: number) => remove<void>(`/api-keys/${id}`));
