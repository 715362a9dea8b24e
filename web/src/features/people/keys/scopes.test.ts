import { describe, expect, it } from "vitest";
import en from "../locales/en.json";
import { SCOPES, stateOf, wordOf } from "./scopes";

const NOW = new Date("2026-03-01T00:00:00Z").getTime();

describe("stateOf", () => {
  it("knows revoked before expired, and the last moment is over", () => {
    expect(stateOf({ revoked_at: null, expires_at: null }, NOW)).toBe("active");
    expect(stateOf({ revoked_at: null, expires_at: "2026-03-01T00:00:01Z" }, NOW)).toBe("active");
    expect(stateOf({ revoked_at: null, expires_at: "2026-03-01T00:00:00Z" }, NOW)).toBe("expired");
    expect(stateOf({ revoked_at: "2026-01-01T00:00:00Z", expires_at: "2026-02-01T00:00:00Z" }, NOW)).toBe("revoked");
  });
});

it("has words for every scope", () => {
  for (const scope of SCOPES) expect(en.scope).toHaveProperty(wordOf(scope));
});
