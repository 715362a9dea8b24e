import { afterEach, describe, expect, it, vi } from "vitest";
import { giveCode, lookAtReset } from "./door";

const answering = (status: number, answer: object = {}) => {
  vi.stubGlobal("document", { cookie: "" });
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(answer), { status }))));
};

afterEach(() => vi.unstubAllGlobals());

describe("the link of a forgotten password", () => {
  it("is looked at by its key", async () => {
    answering(200);
    await expect(lookAtReset("7-abc")).resolves.toBe(true);
    const [address, { method, headers }] = vi.mocked(fetch).mock.calls[0] as [string, { method: string; headers: Record<string, string> }];
    expect([address, method, headers["X-Password-Reset-Key"]]).toEqual(["/_allauth/browser/v1/auth/password/reset", "GET", "7-abc"]);
  });

  it("is told to be used or expired", async () => {
    answering(400);
    await expect(lookAtReset("7-abc")).rejects.toMatchObject({ code: "link_invalid" });
  });
});

describe("a code that is refused", () => {
  it.each([
    ["is wrong", 400, [{ code: "incorrect_code", message: "" }], "wrong_code"],
    ["came after too many wrong ones", 400, [{ code: "too_many_login_attempts", message: "" }], "code_wait"],
    ["came when the sign-in was over", 401, [], "sign_in_over"],
  ])("%s", async (_, status, errors, code) => {
    answering(status, { errors });
    await expect(giveCode("123 456")).rejects.toMatchObject({ code });
  });
});
