/** What a key may be allowed to do; the server says which of them it knows. */
export const SCOPES = ["read", "facts:write", "customers:write", "customers:assign", "imports:write", "export", "runs:write"];

/** A scope's name as a key of the words: "facts:write" → "facts_write". */
export const wordOf = (scope: string) => scope.replace(":", "_");

type KeyState = "active" | "expired" | "revoked";

/** Whether a key still opens the door, at `now` (milliseconds). */
export function stateOf(key: { revoked_at: string | null; expires_at: string | null }, now: number): KeyState {
  if (key.revoked_at) return "revoked";
  return key.expires_at && new Date(key.expires_at).getTime() <= now ? "expired" : "active";
}
