import { useLabel } from "@/shared/i18n/i18n";
import { useRoles } from "../api";

/** What a role is called, by its code; the code while the roles are not known yet. */
export function useRoleName(): (code: string) => string {
  const roles = useRoles();
  const label = useLabel();
  return (code) => label(roles.data?.find((role) => role.code === code)?.label) || code;
}
