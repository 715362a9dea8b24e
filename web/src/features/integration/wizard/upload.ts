/** Sending a file with its progress: fetch cannot tell how much has gone out. */
import { API_ROOT, ApiError } from "@/shared/api/request";
import type { Upload } from "../api";

function csrfToken(): string {
  return decodeURIComponent(/(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "");
}

interface Sending {
  answer: Promise<Upload>;
  abort: () => void;
}

/** Sends one file; `onProgress` gets the share sent, 0–1. Rejects with ApiError; "aborted" when the person stopped it. */
export function sendFile(file: File, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<Upload>((resolve, reject) => {
    request.open("POST", `${API_ROOT}/imports/uploads`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError(0, "offline", "The server cannot be reached"));
    request.onabort = () => reject(new ApiError(0, "aborted", "Stopped"));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(JSON.parse(responseText) as Upload);
      else reject(errorOf(status, responseText));
    };
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
  return { answer, abort: () => request.abort() };
}

/** The error of the house in an answer, or one made from the status where something else answered. */
export function errorOf(status: number, text: string): ApiError {
  const fallback = status === 413 ? "too_large" : status >= 500 ? "server" : "unknown";
  try {
    const { code, message, details } = JSON.parse(text) as { code?: string; message?: string; details?: ApiError["details"] };
    return new ApiError(status, code ?? fallback, message ?? "", details ?? []);
  } catch {
    return new ApiError(status, fallback, "");
  }
}
