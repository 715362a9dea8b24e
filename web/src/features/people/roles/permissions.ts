/** The permissions by what they are for, in the order a role is read; unknown ones come last. */
const PERMISSION_GROUPS: [string, string[]][] = [
  ["daily", ["read", "create_customers", "edit_customers", "record_facts", "assign", "share_views", "approve"]],
  ["data", ["import", "export", "delete", "merge", "reveal", "handle_privacy", "manage_setup"]],
  ["value", ["edit_model", "run_scoring"]],
  ["administration", ["manage_people", "manage_keys", "manage_webhooks", "manage_demo", "read_audit"]],
];

/** The groups with those the server knows; what no group names joins the last one. */
export function groupsOf(known: string[]): [string, string[]][] {
  const named = PERMISSION_GROUPS.flatMap(([, codes]) => codes);
  const others = known.filter((code) => !named.includes(code));
  return PERMISSION_GROUPS.map(([group, codes], index) => [
    group,
    [...codes.filter((code) => known.includes(code)), ...(index === PERMISSION_GROUPS.length - 1 ? others : [])],
  ]);
}
