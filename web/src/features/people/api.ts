/** Calls of /users, /departments, /api-keys and /audit. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, patch, post, remove } from "@/shared/api/request";
import type { Me, Named, Page } from "@/shared/api/types";

export type Role = Me["role"];
export const ROLES: Role[] = ["administrator", "manager", "salesperson", "reader"];

export interface User {
  id: number;
  username: string;
  name: string;
  email: string;
  role: Role;
  department: Named | null;
  active: boolean;
  last_login: string | null;
}

export interface UserChange {
  username?: string;
  name?: string;
  email?: string;
  role?: Role;
  department_id?: number | null;
  active?: boolean;
}

export interface Department {
  id: number;
  name: string;
  parent_id: number | null;
  path: string;
  members: number;
  customers?: number;
}

export interface ApiKey {
  id: number;
  name: string;
  prefix: string;
  scopes: string[];
  expires_at: string | null;
  created_at: string;
  created_by: string;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface AuditEntry {
  id: number;
  at: string;
  actor: string;
  via: string;
  action: string;
  subject_type: string;
  subject_id: number | null;
  changes: Record<string, unknown>;
}

const USERS = ["people", "users"] as const;
const DEPARTMENTS = ["people", "departments"] as const;
const KEYS = ["people", "keys"] as const;

export const useUsers = () => useQuery({ queryKey: USERS, queryFn: () => get<User[]>("/users") });
export const useDepartments = () => useQuery({ queryKey: DEPARTMENTS, queryFn: () => get<Department[]>("/departments") });
export const useApiKeys = () => useQuery({ queryKey: KEYS, queryFn: () => get<ApiKey[]>("/api-keys") });

export const createUser = (user: UserChange) => post<{ user: User; password: string }>("/users", user);
export const updateUser = (id: number, change: UserChange) => patch<User>(`/users/${id}`, change);
export const createDepartment = (made: { name: string; parent_id: number | null }) => post<Department>("/departments", made);
export const updateDepartment = (id: number, change: { name: string; parent_id: number | null }) => patch<Department>(`/departments/${id}`, change);
export const createKey = (made: { name: string; scopes: string[]; expires_at: string | null }) => post<ApiKey & { key: string }>("/api-keys", made);

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
export const useDeleteDepartment = () => useChange((id: number) => remove<void>(`/departments/${id}`));
export const useRevokeKey = () => useChange((id: number) => remove<void>(`/api-keys/${id}`));

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ["people", "audit"],
    queryFn: ({ pageParam }) => get<Page<AuditEntry>>("/audit", { limit: 100, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
