/** What is asked for is finished although the part of the page that asked is gone before the answer. */
import { QueryClientProvider, useMutation } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App, Form, Input } from "antd";
import i18n from "i18next";
import { useState, type ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, test, vi } from "vitest";
import { createQueryClient } from "../api/queryClient";
import { ApiError } from "../api/request";
import words from "../locales/en.json";
import { FormDialog } from "./FormDialog";
import { useFailed } from "./useFailed";

beforeAll(() => i18n.use(initReactI18next).init({ lng: "en", resources: { en: { shared: words } } }));

/** An answer that comes when it is told to. */
function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Shows something that can be taken away. */
function Taken({ children }: { children: ReactNode }) {
  const [gone, setGone] = useState(false);
  return (
    <>
      {!gone && children}
      <button onClick={() => setGone(true)}>take away</button>
    </>
  );
}

function show(children: ReactNode) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <App>
        <Taken>{children}</Taken>
      </App>
    </QueryClientProvider>,
  );
}

const takeAway = () => userEvent.setup({ pointerEventsCheck: 0 }).click(screen.getByText("take away"));

test("a dialog tells what was saved", async () => {
  const answer = later<string>();
  const onSaved = vi.fn();
  show(
    <FormDialog<{ name: string }, string> open title="one" okText="keep" save={() => answer.promise} onSaved={onSaved} onClose={() => undefined}>
      <Form.Item name="name"><Input /></Form.Item>
    </FormDialog>,
  );
  await userEvent.click(screen.getByText("keep"));
  await takeAway();
  expect(screen.queryByText("keep")).toBeNull();
  answer.resolve("secret");
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith("secret"));
});

function Row({ refused }: { refused: Promise<void> }) {
  const failed = useFailed();
  const doing = useMutation({ mutationFn: () => refused });
  return <button onClick={() => void doing.mutateAsync().catch(failed)}>do</button>;
}

test("a row says why it was refused and who can grant it", async () => {
  const answer = later<void>();
  vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(JSON.stringify([{ id: 1, name: "Wang Min" }])));
  show(<Row refused={answer.promise} />);
  await userEvent.click(screen.getByText("do"));
  await takeAway();
  answer.reject(new ApiError(403, "forbidden", "No"));
  expect(await screen.findByText(/Wang Min/)).toBeInTheDocument();
});
