/** What a role masks (138****5678, z***@x.com) reaches nobody, and what is left of it may reach somebody else. */
const reachable = (text: string | null | undefined): text is string => typeof text === "string" && text !== "" && !text.includes("*");

/** The address that calls a telephone. */
export function callHref(phone: string | null | undefined): string | undefined {
  return reachable(phone) ? `tel:${phone.replace(/[^\d+]/g, "")}` : undefined;
}

/** The address that writes to an e-mail address. */
export function mailHref(email: string | null | undefined): string | undefined {
  return reachable(email) ? `mailto:${email}` : undefined;
}
