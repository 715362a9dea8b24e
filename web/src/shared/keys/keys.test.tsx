import { cleanup, render, renderHook } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { byGroup, isTyping, keyName, matches, useAllKeys, useKeys, type Key } from "./keys";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const key = (keys: string[], run: () => void = vi.fn(), more: Partial<Key> = {}): Key => ({ keys, label: keys.join(), group: "g", run, ...more });

describe("a key", () => {
  it("is matched with and without Ctrl, whatever the case", () => {
    expect(matches("mod+k", press("K", { ctrlKey: true }))).toBe(true);
    expect(matches("mod+k", press("k", { metaKey: true }))).toBe(true);
    expect(matches("mod+k", press("k"))).toBe(false);
    expect(matches("j", press("J"))).toBe(true);
    expect(matches("j", press("j", { ctrlKey: true }))).toBe(false);
    expect(matches("ArrowDown", press("ArrowDown"))).toBe(true);
  });
  it("has a name", () => {
    expect(keyName("ArrowDown")).toBe("↓");
    expect(keyName("j")).toBe("J");
    expect(keyName("mod+k")).toMatch(/K$/);
  });
});

it("runs outside of fields only, the last registered first, and no longer once gone", async () => {
  const first = vi.fn();
  const second = vi.fn();
  const Page = ({ run }: { run: () => void }) => {
    useKeys([key(["j"], run)]);
    return <input aria-label="name" />;
  };
  const user = userEvent.setup();
  const page = render(<Page run={first} />);
  const over = render(<Page run={second} />);
  await user.keyboard("j");
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  over.unmount();
  await user.keyboard("j");
  expect(first).toHaveBeenCalledTimes(1);
  await user.type(page.getByLabelText("name"), "j");
  expect(first).toHaveBeenCalledTimes(1);
  cleanup();
  await user.keyboard("j");
  expect(first).toHaveBeenCalledTimes(1);
});

it("leaves Enter to the button that has the focus", async () => {
  const open = vi.fn();
  const Page = () => {
    useKeys([key(["Enter"], open)]);
    return <button type="button">press</button>;
  };
  const page = render(<Page />);
  const user = userEvent.setup();
  page.getByRole("button").focus();
  await user.keyboard("{Enter}");
  expect(open).not.toHaveBeenCalled();
  page.getByRole("button").blur();
  await user.keyboard("{Enter}");
  expect(open).toHaveBeenCalledTimes(1);
});

it("keeps a checkbox from counting as writing", () => {
  const box = document.createElement("input");
  expect(isTyping(box)).toBe(true);
  box.type = "checkbox";
  expect(isTyping(box)).toBe(false);
});

it("lists keys by group, the last meaning of each", () => {
  const { result, unmount } = renderHook(() => {
    useKeys([key(["/"])]);
    return useAllKeys();
  });
  expect([...result.current.keys()]).toEqual(["g"]);
  unmount();
  expect(byGroup([key(["a"]), { ...key(["a"]), label: "last" }]).get("g")?.map((one) => one.label)).toEqual(["last"]);
});
