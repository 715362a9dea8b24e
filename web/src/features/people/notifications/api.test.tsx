import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, expect, it, vi } from "vitest";
import { useMarkRead } from "./api";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Mark() {
  const read = useMarkRead();
  return <button onClick={() => read.mutate([1])}>read</button>;
}

it("says when a notice could not be noted as read, and how to sign in again", async () => {
  const refused = { code: "unauthenticated", message: "Sign in.", details: [] };
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(refused), { status: 401 }))));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <Mark />
      </App>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByText("read"));
  const link = await screen.findByRole("link", undefined, { timeout: 4_000 });
  expect(link.getAttribute("href")).toBe("/sign-in");
});
