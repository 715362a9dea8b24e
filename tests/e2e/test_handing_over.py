"""Customers handed over in a browser: chosen in the list, seen beforehand, done, and taken back."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation
from tests.e2e.test_one_record import made

NAMES = ["交接甲有限公司", "交接乙有限公司", "交接丙有限公司"]


def seller(installation: Installation, username: str) -> int:
    told = installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people import services\n"
        f"one = services.create_user(by=system('test'), username='{username}', role='salesperson')[0]\n"
        "print(one.pk)"
    )
    return int(told.strip().splitlines()[-1])


def test_a_selection_is_handed_over_and_taken_back(signed_in: Page, installation: Installation):
    page = signed_in
    former, receiver = seller(installation, "former"), seller(installation, "receiver")
    made(installation, *({"name": name, "owner_id": former} for name in NAMES))
    page.goto(f"/customers?q=交接&filter=owner*eq*{former}")
    rows = page.locator("tr[data-row-key]")
    expect(rows).to_have_count(len(NAMES))
    page.get_by_role("checkbox", name="Select all").check()
    page.get_by_role("toolbar").get_by_role("button", name="More", exact=True).click()
    # By key: a menu that still moves loses a click between its press and its release.
    page.get_by_role("menuitem", name="Hand over…").press("Enter")
    expect(page).to_have_url(re.compile("/customers/hand-over"))
    page.get_by_label("To whom").fill("receiver")
    page.locator(".ant-select-item-option", has_text="receiver").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("3 customers will be handed over")).to_be_visible()
    page.get_by_label("Reason").fill("Moves to another city")
    page.get_by_role("button", name="Hand over 3 customers").click()
    expect(page.get_by_text("3 customers handed over")).to_be_visible()
    history = page.locator("section", has=page.get_by_role("heading", name="Handed over so far"))
    expect(history).to_contain_text("Moves to another city")
    # The number leads to those who were handed over.
    history.get_by_role("link", name="3", exact=True).click()
    expect(rows).to_have_count(len(NAMES))
    expect(rows.first).to_contain_text("receiver")
    with page.expect_response(lambda one: one.request.method == "POST" and one.url.endswith("/undo")):
        page.get_by_role("button", name="Undo").click()
    page.goto(f"/customers?filter=owner*eq*{receiver}")
    expect(rows).to_have_count(0)
    page.goto(f"/customers?filter=owner*eq*{former}")
    expect(rows).to_have_count(len(NAMES))
