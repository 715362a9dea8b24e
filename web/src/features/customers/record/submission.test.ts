import { expect, it } from "vitest";
import { Submission } from "./submission";

it("keeps the key for the same content and changes it with the content", () => {
  const submission = new Submission();
  const first = submission.keyFor({ amount: "12.50" });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(submission.keyFor({ amount: "12.50" })).toBe(first);
  const second = submission.keyFor({ amount: "12.51" });
  expect(second).not.toBe(first);
});

it("gives another form another key for the same content", () => {
  expect(new Submission().keyFor({ a: 1 })).not.toBe(new Submission().keyFor({ a: 1 }));
});
