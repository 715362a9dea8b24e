import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { useFocusBack } from "./useFocusBack";

function Dialog({ onClose }: { onClose: () => void }) {
  useFocusBack();
  return <div className="ant-modal-wrap"><button onClick={onClose}>close</button></div>;
}

/** A menu opened by a button; its only item opens the dialog and is gone then. */
function Page() {
  const [open, setOpen] = useState<"menu" | "dialog" | null>(null);
  return (
    <>
      <button onClick={() => setOpen("menu")}>more</button>
      {open === "menu" && <div className="ant-dropdown"><button onClick={() => setOpen("dialog")}>item</button></div>}
      {open === "dialog" && <Dialog onClose={() => setOpen(null)} />}
    </>
  );
}

test("the keyboard goes on at the button whose menu opened the dialog", async () => {
  const user = userEvent.setup();
  render(<Page />);
  for (const name of ["more", "item", "close"]) await user.click(screen.getByRole("button", { name }));
  await waitFor(() => expect(screen.getByRole("button", { name: "more" })).toHaveFocus());
});
