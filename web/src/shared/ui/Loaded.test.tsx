import { QueryClient, QueryClientProvider, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ApiError } from "../api/request";
import { Loaded, LoadedPages, LoadMore } from "./Loaded";

const down = () => Promise.reject(new ApiError(500, "server", "down"));

function List({ fetch }: { fetch: () => Promise<string[]> }) {
  const list = useQuery({ queryKey: ["list"], queryFn: fetch, retry: false });
  return (
    <Loaded query={list} waiting={<p>coming</p>} none={<p>nothing</p>}>
      {(words) => <p>{words.join()}</p>}
    </Loaded>
  );
}

function show(child: React.ReactNode) {
  const client = new QueryClient();
  render(<QueryClientProvider client={client}>{child}</QueryClientProvider>);
  return client;
}

test("waits, then shows what came", async () => {
  show(<List fetch={() => Promise.resolve(["a", "b"])} />);
  expect(screen.getByText("coming")).toBeInTheDocument();
  expect(await screen.findByText("a,b")).toBeInTheDocument();
});

test("an empty list has its sentence", async () => {
  show(<List fetch={() => Promise.resolve([])} />);
  expect(await screen.findByText("nothing")).toBeInTheDocument();
});

test("what failed is asked again on demand", async () => {
  const answers = [down, () => Promise.resolve(["late"])];
  show(<List fetch={() => answers.shift()!()} />);
  expect(await screen.findByRole("alert")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("late")).toBeInTheDocument();
});

test("what is old stays when fetching again fails", async () => {
  const answers = [() => Promise.resolve(["old"]), down];
  const client = show(<List fetch={() => answers.shift()!()} />);
  await screen.findByText("old");
  await client.refetchQueries({ queryKey: ["list"] });
  expect(client.getQueryState(["list"])?.status).toBe("error");
  expect(screen.getByText("old")).toBeInTheDocument();
});

function Pages() {
  const list = useInfiniteQuery({
    queryKey: ["pages"],
    queryFn: ({ pageParam }) => Promise.resolve({ items: [`page ${pageParam}`] }),
    initialPageParam: 1,
    getNextPageParam: (_last, all) => (all.length < 2 ? all.length + 1 : null),
  });
  return (
    <>
      <LoadedPages query={list}>{(items) => <p>{items.join(" and ")}</p>}</LoadedPages>
      <LoadMore query={list} />
    </>
  );
}

test("pages stand after one another until there are no more", async () => {
  show(<Pages />);
  await screen.findByText("page 1");
  await userEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("page 1 and page 2")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});
