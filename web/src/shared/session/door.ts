/** The door: calls of allauth's headless API, whose answers have a shape of their own. */
import { ApiError, csrfToken, errorOf, unreachable, type Method } from "../api/request";

const ROOT = "/_allauth/browser/v1";

interface Flow {
  id: string;
  is_pending?: boolean;
}

interface Answer {
  data?: { flows?: Flow[]; unused_codes?: string[]; [name: string]: unknown };
  meta?: { is_authenticated?: boolean; secret?: string; totp_url?: string };
  errors?: { code: string; message: string; param?: string }[];
}

interface Outcome {
  status: number;
  answer: Answer;
}

/** Sends one request; refusals that mean something (400, 401, 404, 409) are answers, others are thrown. */
export async function door(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Outcome> {
  const response = await fetch(`${ROOT}${path}`, {
    method,
    credentials: "same-origin",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken(), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(unreachable);
  const answer = (await response.json().catch(() => ({}))) as Answer & { code?: string };
  if (response.ok || ((response.status === 400 || response.status === 401 || response.status === 404 || response.status === 409) && !answer.code)) {
    return { status: response.status, answer };
  }
  throw response.status === 429 && !answer.code ? new ApiError(429, "too_many_attempts", "Too many attempts") : errorOf(response, answer);
}

const waitsForCode = (answer: Answer) => Boolean(answer.data?.flows?.some((flow) => flow.id === "mfa_authenticate" && flow.is_pending));

export type Entry = "in" | "code" | "out";

function entryOf({ status, answer }: Outcome): Entry {
  return status === 200 || status === 409 ? "in" : waitsForCode(answer) ? "code" : "out";
}

/** Where this browser stands; also sets the CSRF cookie that the next request needs. */
export const whereAmI = async (): Promise<Entry> => entryOf(await door("GET", "/auth/session"));

/** Signs in with a password; "code" when the second factor is to be given. Throws ApiError "wrong_password" or "too_many_attempts". */
export async function signIn(username: string, password: string): Promise<Entry> {
  await whereAmI();
  const name = username.includes("@") ? { email: username } : { username };
  const entry = entryOf(await door("POST", "/auth/login", { ...name, password }));
  if (entry === "out") throw new ApiError(400, "wrong_password", "Wrong name or password");
  return entry;
}

/** Gives the second factor: a code of the app, or a recovery code. Throws ApiError "wrong_code", "code_wait" or "sign_in_over". */
export async function giveCode(code: string): Promise<void> {
  const { status, answer } = await door("POST", "/auth/2fa/authenticate", { code: code.replace(/\s/g, "") });
  if (status === 200) return;
  if (status !== 400) throw new ApiError(status, "sign_in_over", "The password is to be given again");
  const limited = answer.errors?.some((error) => /rate|many/.test(error.code));
  throw new ApiError(status, limited ? "code_wait" : "wrong_code", "Wrong code");
}

export async function signOut(): Promise<void> {
  await door("DELETE", "/auth/session");
}

/** Asks for a mail by which a forgotten password is set anew; says nothing of whether there is such an account. */
export async function askForReset(email: string): Promise<void> {
  await whereAmI();
  await door("POST", "/auth/password/request", { email });
}

/** Whether the key of such a mail still sets a password. Throws ApiError "link_invalid". */
export async function lookAtReset(key: string): Promise<true> {
  const { status } = await door("GET", "/auth/password/reset", undefined, { "X-Password-Reset-Key": key });
  if (status !== 200) throw new ApiError(status, "link_invalid", "The link is used or expired");
  return true;
}

/** Sets a new password with the key of such a mail. */
export async function resetPassword(key: string, password: string): Promise<void> {
  await whereAmI();
  const { status, answer } = await door("POST", "/auth/password/reset", { key, password });
  if (status === 200 || status === 401) return;
  const weak = answer.errors?.some((error) => error.param === "password");
  throw new ApiError(status, weak ? "weak_password" : "link_invalid", weak ? "The password is too simple" : "The link is used or expired");
}

/** Shows that it is still oneself, by password or by a code of the second factor. */
export async function confirmSelf(password: string): Promise<void> {
  const { status } = await door("POST", "/auth/reauthenticate", { password });
  if (status !== 200) throw new ApiError(status, "wrong_password", "Wrong password");
}

/** Sends the browser to a sign-in provider; it comes back to `back`. */
export function goToProvider(provider: string, back: string): void {
  const form = document.createElement("form");
  form.method = "POST";
  form.action = `${ROOT}/auth/provider/redirect`;
  for (const [name, value] of Object.entries({ provider, process: "login", callback_url: back, csrfmiddlewaretoken: csrfToken() })) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
