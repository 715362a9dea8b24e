import { useQuery } from "@tanstack/react-query";
import { get } from "../api/request";
import type { Bilingual } from "../api/types";
import { useLabel } from "../i18n/i18n";

interface Role {
  code: string;
  label?: Bilingual;
  name?: string;
}

/** The roles of the company to choose from. */
export function useRoles(asked: boolean): { value: string; label: string }[] {
  const label = useLabel();
  const roles = useQuery({
    queryKey: ["people", "roles"],
    queryFn: async () => {
      const answer = await get<Role[] | { items: Role[] }>("/roles");
      return Array.isArray(answer) ? answer : answer.items;
    },
    enabled: asked,
    staleTime: 5 * 60_000,
  });
  return (roles.data ?? []).map((role) => ({ value: role.code, label: label(role.label) || role.name || role.code }));
}
