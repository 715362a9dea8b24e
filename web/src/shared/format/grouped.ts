/** Amounts in a number field: in groups of three once written, read with or without them. */

interface Typing {
  userTyping: boolean;
  input: string;
}

/** Takes nothing away from somebody who is typing. */
function formatter(value: string | number | undefined, { userTyping, input }: Typing): string {
  if (userTyping) return input;
  const [whole = "", ...rest] = String(value ?? "").split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

const ungrouped = (text: string | undefined) => (text ?? "").replace(/[,，\s]/g, "");

export const GROUPED = { formatter, parser: ungrouped as never };
