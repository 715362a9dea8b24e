import { createEvent, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chooseOnceByEnter } from "./menuEnter";

beforeEach(() => document.addEventListener("keydown", chooseOnceByEnter, true));
afterEach(() => document.removeEventListener("keydown", chooseOnceByEnter, true));

function pressed(element: HTMLElement, key: string): Event {
  const event = createEvent.keyDown(element, { key });
  fireEvent(element, event);
  return event;
}

it("takes the press from what an entry opens, and from nothing else", () => {
  render(
    <ul role="menu">
      <li role="menuitem" tabIndex={-1}>delete</li>
      <li role="none"><a href="/x" role="menuitem">go</a></li>
    </ul>,
  );
  expect(pressed(screen.getByText("delete"), "Enter").defaultPrevented).toBe(true);
  expect(pressed(screen.getByText("delete"), "ArrowDown").defaultPrevented).toBe(false);
  expect(pressed(screen.getByText("go"), "Enter").defaultPrevented).toBe(false);
});
