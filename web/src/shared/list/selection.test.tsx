import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { NOTHING, sizeOf, toggled, useSelection } from "./selection";

describe("a selection", () => {
  it("counts rows, or all results", () => {
    expect(sizeOf({ ids: [1, 2], all: false }, 900)).toBe(2);
    expect(sizeOf({ ids: [], all: true }, 900)).toBe(900);
    expect(sizeOf({ ids: [], all: true }, undefined)).toBe(0);
  });
  it("takes a row in and out", () => {
    expect(toggled(NOTHING, 3, [1, 2, 3]).ids).toEqual([3]);
    expect(toggled({ ids: [3, 9], all: false }, 3, [1, 2, 3]).ids).toEqual([9]);
  });
  it("is the rest of the page when one is left out of all", () => {
    expect(toggled({ ids: [], all: true }, 2, [1, 2, 3])).toEqual({ ids: [1, 3], all: false });
  });
});

it("starts anew with another filter", () => {
  const { result, rerender } = renderHook(({ scope }) => useSelection(scope), { initialProps: { scope: "a" } });
  act(() => result.current.put({ ids: [], all: true }));
  expect(result.current.selection.all).toBe(true);
  rerender({ scope: "b" });
  expect(result.current.selection).toEqual(NOTHING);
});
