import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useLeaveCustomer } from "./leaving";

const ask = vi.fn(() => Promise.resolve("known"));

function Page({ name }: { name: string }) {
  const { data } = useQuery({ queryKey: ["customers", "detail", 1], queryFn: ask, staleTime: 60_000 });
  const leave = useLeaveCustomer();
  return <button onClick={leave}>{data && name}</button>;
}

it("asks nothing more for the page that is left, and anew for the next", async () => {
  const client = new QueryClient();
  const shown = (name: string) => <QueryClientProvider client={client}><Page key={name} name={name} /></QueryClientProvider>;
  const { rerender } = render(shown("left"));
  (await screen.findByText("left")).click();
  await act(() => Promise.resolve());
  expect(ask).toHaveBeenCalledTimes(1);
  rerender(shown("next"));
  await screen.findByText("next");
  expect(ask).toHaveBeenCalledTimes(2);
});
