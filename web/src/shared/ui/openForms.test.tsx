import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { isFormOpen, onceFormsAreClosed, useOpenForm } from "./openForms";

afterEach(cleanup);

function Form({ typed }: { typed?: boolean }) {
  useOpenForm(typed);
  return null;
}

it("waits until the last form is closed, and then acts once", () => {
  const leave = vi.fn();
  const first = render(<Form />);
  const second = render(<Form />);
  onceFormsAreClosed(leave);
  onceFormsAreClosed(leave);
  act(() => first.unmount());
  expect([isFormOpen(), leave.mock.calls.length]).toEqual([true, 0]);
  act(() => second.unmount());
  expect([isFormOpen(), leave.mock.calls.length]).toEqual([false, 1]);
});

it("does not wait for a field in which nothing is typed any more", () => {
  const field = render(<Form typed={false} />);
  expect(isFormOpen()).toBe(false);
  field.rerender(<Form typed />);
  expect(isFormOpen()).toBe(true);
  field.rerender(<Form typed={false} />);
  expect(isFormOpen()).toBe(false);
});
