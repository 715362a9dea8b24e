/** The generated client: paths, parameters and answers are checked against the API's own document. */
import createClient from "openapi-fetch";
import type { paths } from "@/client/schema";
import { ApiError, csrfToken, errorOf, unreachable } from "./request";

export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that tests can put their own in its place.
  fetch: (input: Request) => fetch(input).catch(unreachable),
});

api.use({
  onRequest: ({ request }) => {
    if (request.method !== "GET") request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
});

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer of a call; throws ApiError when the server said no. */
export async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw errorOf(response, error);
  return data as T;
}

export { ApiError };
