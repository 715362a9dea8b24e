/** Calls of sessions, second factors, locks and invitations. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, post, remove, request } from "@/shared/api/request";
import { door } from "@/shared/session/door";

type Schemas = components["schemas"];
type OpenSession = Schemas["SessionOut"];
type Invited = Schemas["InvitedOut"];

const SECURITY = ["people", "security"] as const;
const SESSIONS = ["people", "sessions"] as const;
const sessionsOf = (userId: number | null) => (userId === null ? "/me/sessions" : `/users/${userId}/sessions`);

export const useSecurity = () => useQuery({ queryKey: [...SECURITY, "own"], queryFn: () => get<Schemas["SecurityOut"]>("/me/security") });

/** Where a person is signed in; null: oneself. */
export const useSessions = (userId: number | null) => useQuery({ queryKey: [...SESSIONS, userId], queryFn: () => get<OpenSession[]>(sessionsOf(userId)) });

function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>, ...old: (readonly string[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(old.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const useEndSession = (userId: number | null) => useChange((id: number) => remove<void>(`${sessionsOf(userId)}/${id}`), SESSIONS);
export const useEndSessions = (userId: number | null) => useChange(() => remove<void>(sessionsOf(userId)), SESSIONS);
export const useRemoveSecondFactor = () => useChange((userId: number) => remove<void>(`/users/${userId}/second-factor`), SECURITY);
export const useInvite = () => useChange((userId: number) => post<Invited>(`/users/${userId}/invitation`));

export const useCompanySecurity = () => useQuery({ queryKey: [...SECURITY, "company"], queryFn: () => get<Schemas["CompanySecurityOut"]>("/security") });
export const useSaveCompanySecurity = () => useChange((roles: string[]) => request<Schemas["CompanySecurityOut"]>("PUT", "/security", { body: { mfa_roles: roles } }), SECURITY);

export const useLocks = () => useQuery({ queryKey: [...SECURITY, "locks"], queryFn: () => get<Schemas["LockOut"][]>("/sign-in-locks") });
export const useUnlock = () => useChange((id: number) => remove<void>(`/sign-in-locks/${id}`), SECURITY);

const AUTHENTICATORS = "/account/authenticators";

/** The secret to put into the app; the same until it is used. */
export async function readSecret(): Promise<{ secret: string; url: string }> {
  const { answer } = await door("GET", `${AUTHENTICATORS}/totp`);
  return { secret: answer.meta?.secret ?? "", url: answer.meta?.totp_url ?? "" };
}

/** Answers the status: 200 set up, 400 wrong code, 401 the password is to be given first. */
export const activate = async (code: string) => (await door("POST", `${AUTHENTICATORS}/totp`, { code })).status;
export const deactivate = async () => (await door("DELETE", `${AUTHENTICATORS}/totp`)).status;

/** The recovery codes that are left; null: the password is to be given first. */
export async function readCodes(anew: boolean): Promise<string[] | null> {
  const { status, answer } = await door(anew ? "POST" : "GET", `${AUTHENTICATORS}/recovery-codes`, anew ? {} : undefined);
  return status === 401 ? null : (answer.data?.unused_codes ?? []);
}
