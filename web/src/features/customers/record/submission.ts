/** The key under which a form is sent: the same content keeps its key, so that sending it again records it once. */
export class Submission {
  private sent = "";
  private key = "";

  /** A fresh key when `content` is not what was sent last. */
  keyFor(content: unknown): string {
    const text = JSON.stringify(content);
    if (text !== this.sent) {
      this.sent = text;
      this.key = newKey();
    }
    return this.key;
  }
}

function newKey(): string {
  // randomUUID needs a secure connection; getRandomValues does not.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
