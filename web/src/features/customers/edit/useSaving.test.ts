import { beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "@/shared/api/request";
import type { Choices } from "@/shared/conflict/conflicts";
import { saveCustomer } from "./useSaving";

const calls = vi.hoisted(() => ({ update: vi.fn(), get: vi.fn() }));
vi.mock("../api", () => ({ updateCustomer: calls.update, getCustomer: calls.get }));

const refused = (fields: string[]) => new ApiError(409, "changed_meanwhile", "", fields.map((where) => ({ where, code: "changed_meanwhile", message: "", params: {} })));
const answer = (choices: Choices | null) => vi.fn(() => Promise.resolve(choices));

beforeEach(() => {
  calls.update.mockReset();
  calls.get.mockReset().mockResolvedValue({ id: 1, name: "present", version: 9 });
});

it("saves what was chosen, to the present version", async () => {
  calls.update.mockRejectedValueOnce(refused(["phone", "name"])).mockResolvedValueOnce({ id: 1, version: 10 });
  await saveCustomer(1, { phone: "1", name: "mine", version: 7 }, answer({ phone: "current", name: "mine" }));
  expect(calls.update.mock.calls[1]).toEqual([1, { name: "mine", version: 9 }]);
});

it("saves nothing when every present value is kept", async () => {
  calls.update.mockRejectedValueOnce(refused(["phone"]));
  expect(await saveCustomer(1, { phone: "1", version: 7 }, answer({ phone: "current" }))).toMatchObject({ name: "present" });
  expect(calls.update).toHaveBeenCalledTimes(1);
});

it("asks again when it was changed again", async () => {
  calls.update.mockRejectedValueOnce(refused(["phone"])).mockRejectedValueOnce(refused(["phone"])).mockResolvedValueOnce({ id: 1 });
  const ask = answer({ phone: "mine" });
  await saveCustomer(1, { phone: "1", version: 7 }, ask);
  expect(ask).toHaveBeenCalledTimes(2);
});

it("fails as it did when nothing is chosen, or for another reason", async () => {
  calls.update.mockRejectedValue(refused(["phone"]));
  await expect(saveCustomer(1, { phone: "1" }, answer(null))).rejects.toMatchObject({ code: "changed_meanwhile" });
  calls.update.mockRejectedValue(new ApiError(403, "forbidden", ""));
  await expect(saveCustomer(1, { phone: "1" }, answer(null))).rejects.toMatchObject({ status: 403 });
});
