/** A saved view is opened by its address as it was kept, and stays as it is changed. */
import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { beforeEach, expect, test } from "vitest";
import { createQueryClient } from "../api/queryClient";
import type { Field } from "../api/types";
import { NO_FILTER } from "../filter/filter";
import { useListState } from "../list/useListState";
import type { View } from "./api";
import { useView } from "./useView";

const FIELDS = ["name", "grade", "owner"].map((code) => ({ code, type: "text", listed: true }) as Field);
const view = (id: number, content: Partial<View["content"]>) =>
  ({ id, name: `view ${id}`, is_default: false, content: { filter: null, q: null, sort: null, columns: [{ code: "name" }], group_by: null, ...content } }) as unknown as View;
const OURS = view(3, { filter: { all: [{ field: "grade", op: "in", value: ["vip"] }] }, sort: "-score", columns: [{ code: "name" }, { code: "grade" }] as never, group_by: "owner" });

beforeEach(() => localStorage.clear());

/** The list at an address, with what it shows and the address it has come to. */
function at(address: string, views: View[]) {
  const client = createQueryClient();
  client.setQueryData(["people", "views", "customers"], views);
  const useSeen = () => {
    const list = useListState("name");
    return { list, place: useLocation().search, ...useView("customers", list, FIELDS, "name") };
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[`/customers${address}`]}>{children}</MemoryRouter>
    </QueryClientProvider>
  );
  return renderHook(useSeen, { wrapper }).result;
}

test("the bare address of a view opens it as it was kept", () => {
  localStorage.setItem("jinzita.customers.layout.3", JSON.stringify([{ code: "owner" }]));
  const shown = at("?view=3", [view(1, {}), OURS]);
  expect(shown.current.list.filter.conditions).toEqual([{ field: "grade", op: "in", value: ["vip"] }]);
  expect([shown.current.list.sort, shown.current.list.group]).toEqual(["-score", "owner"]);
  expect(shown.current.columns.map(({ code }) => code)).toEqual(["name", "grade"]);
  expect(shown.current.changed).toBe(false);
});

test("what the address says beside the view is a change of it", () => {
  const shown = at("?view=3&sort=name", [OURS]);
  expect(shown.current.list.filter).toEqual(NO_FILTER);
  expect(shown.current.changed).toBe(true);
});

test("a view whose filter is taken away stays without it", () => {
  const shown = at("?view=3", [OURS]);
  act(() => shown.current.list.set({ filter: NO_FILTER, sort: "name", group: null }));
  expect(shown.current.list.filter).toEqual(NO_FILTER);
  expect([shown.current.view?.id, shown.current.changed]).toEqual([3, true]);
  expect(shown.current.place).toBe("?view=3&q=");
});

test("a view of everything, and one that is not there, are opened without going round", () => {
  const shown = at("?view=1", [view(1, {})]);
  expect([shown.current.view?.id, shown.current.changed]).toEqual([1, false]);
  expect(at("?view=9", [OURS]).current.view).toBeNull();
  expect(at("?view=all", [{ ...OURS, is_default: true }]).current.place).toBe("?view=all");
  expect(at("", [{ ...OURS, is_default: true }]).current.view?.id).toBe(3);
});

test("until the views are known, a bare address tells nothing of what the list shows", () => {
  const unknown = (address: string) => at(address, undefined as unknown as View[]).current.settled;
  expect([unknown(""), unknown("?view=3"), unknown("?view=3&sort=name"), unknown("?q=a")]).toEqual([false, false, true, true]);
  expect(at("", [view(1, {})]).current.settled).toBe(true);
  expect(at("?view=9", [OURS]).current.settled).toBe(true);
  expect(at("?view=3", [OURS]).current.settled).toBe(true);
});
