import { cleanup, renderHook } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { Cursor } from "../table/useCursor";
import { useListKeys } from "./useListKeys";

vi.mock("react-i18next", () => ({ useTranslation: () => ({ t: (key: string) => key }) }));

const row = { id: 7 };

function cursor(column: string | null): Cursor<{ id: number }> {
  return { move: vi.fn(), put: vi.fn(), row: () => row, column: () => column, mark: vi.fn(), clear: vi.fn() };
}

const press = (keys: string) => userEvent.setup().keyboard(keys);

afterEach(cleanup);

it("opens the marked row, or edits its marked cell", async () => {
  const [open, edit] = [vi.fn(), vi.fn()];
  const atRow = renderHook(() => useListKeys({ cursor: cursor(null), open, edit }));
  await press("{Enter}{F2}");
  expect([open.mock.calls, edit.mock.calls]).toEqual([[[row]], []]);
  atRow.unmount();
  renderHook(() => useListKeys({ cursor: cursor("phone"), open, edit }));
  await press("{Enter}{F2}");
  expect(open).toHaveBeenCalledTimes(1);
  expect(edit.mock.calls).toEqual([[row, "phone"], [row, "phone"]]);
});

it("moves, and takes along what is shown beside the list", async () => {
  const at = cursor(null);
  const look = vi.fn();
  renderHook(() => useListKeys({ cursor: at, open: vi.fn(), look, looking: true }));
  await press("jk");
  expect(vi.mocked(at.move).mock.calls).toEqual([[1], [-1]]);
  expect(look.mock.calls).toEqual([[7], [7]]);
  await press(" ");
  expect(look).toHaveBeenLastCalledWith(null);
});

it("has no keys for what the list does not do", async () => {
  const at = cursor("phone");
  const open = vi.fn();
  renderHook(() => useListKeys({ cursor: at, open }));
  await press("{F2}{ArrowRight}xc {Enter}");
  expect(at.move).not.toHaveBeenCalled();
  expect(open).toHaveBeenCalledTimes(1);
});
