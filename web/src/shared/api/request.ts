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

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
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

async function toError(response: Response): Promise<ApiError> {
  const fallback = response.status >= 500 ? "server" : "unknown";
  try {
    const body = (await response.json()) as { code?: string; message?: string; details?: ErrorDetail[] };
    return new ApiError(response.status, body.code ?? fallback, body.message ?? response.statusText, body.details ?? []);
  } catch {
    return new ApiError(response.status, fallback, response.statusText);
  }
}

/** Sends one request and gives the parsed answer; throws ApiError (status 0, code "offline" when unreachable). */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const { query, body, headers, signal } = options;
  const form = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      signal,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(body !== undefined && !form ? { "Content-Type": "application/json" } : {}),
        ...(method === "GET" ? {} : { "X-CSRFToken": cookie("csrftoken") }),
        ...headers,
      },
      body: form ? body : body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "offline", "The server cannot be reached");
  }
  if (!response.ok) throw await toError(response);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>("GET", path, { query, signal });
export const post = <T>(path: string, body?: unknown, options: Options = {}) => request<T>("POST", path, { ...options, body });
export const patch = <T>(path: string, body: unknown) => request<T>("PATCH", path, { body });
export const remove = <T>(path: string) => request<T>("DELETE", path);
