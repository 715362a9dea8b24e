/** Calls of the HTTP API: one error shape, CSRF token, JSON both ways. */
import type { ErrorDetail } from "./types";

export const API_ROOT = "/api/v1";

/** What the server said no with. `code` is what the browser translates; `message` is the English fallback. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ErrorDetail[];

  constructor(status: number, code: string, message: string, details: ErrorDetail[] = []) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

interface Options {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What Django wants to see with every change, from its cookie. */
export function csrfToken(): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : "";
}

/** The address of an API path with its query; unset values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") params.set(key, String(value));
  }
  const search = params.toString();
  const root = path.startsWith("/_allauth") ? "" : API_ROOT;
  return `${root}${path}${search ? `?${search}` : ""}`;
}

/** The error of a refused answer, whose body is the one shape of an error, or something else altogether. */
export function errorOf(response: Response, body: unknown): ApiError {
  const { code, message, details } = (typeof body === "object" && body !== null ? body : {}) as Partial<ApiError>;
  const fallback = response.status >= 500 ? "server" : "unknown";
  return new ApiError(response.status, code ?? fallback, message ?? response.statusText, details ?? []);
}

/** An aborted request stays what it is; any other failure to reach the server becomes an ApiError. */
export function unreachable(error: unknown): never {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new ApiError(0, "offline", "The server cannot be reached");
}

/** Sends one request; throws ApiError (status 0, code "offline" when unreachable). */
async function send(method: Method, path: string, options: Options): Promise<Response> {
  const { query, body, headers, signal } = options;
  // A form says its type itself, a file is of its own.
  const raw = body instanceof FormData || body instanceof Blob;
  const response = await fetch(apiUrl(path, query), {
    method,
    signal,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      ...(body !== undefined && !raw ? { "Content-Type": "application/json" } : {}),
      ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken() }),
      ...headers,
    },
    body: raw ? body : body === undefined ? undefined : JSON.stringify(body),
  }).catch(unreachable);
  if (!response.ok) throw errorOf(response, await response.json().catch(() => null));
  return response;
}

/** Sends one request and gives the parsed answer. */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>("GET", path, { query, signal });
export const post = <T>(path: string, body?: unknown, options: Options = {}) => request<T>("POST", path, { ...options, body });
/** Asks for a file by what an address could not carry. */
export const postForFile = async (path: string, body: unknown): Promise<Blob> => (await send("POST", path, { body })).blob();
export const patch = <T>(path: string, body: unknown) => request<T>("PATCH", path, { body });
export const remove = <T>(path: string) => request<T>("DELETE", path);
