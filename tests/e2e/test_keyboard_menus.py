"""Menus by keyboard alone: what an entry opens waits to be answered."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation
from tests.e2e.test_one_record import made

NAME = "键盘测试有限公司"


def test_what_a_menu_opens_by_enter_stays_open(signed_in: Page, installation: Installation):
    page = signed_in
    made(installation, {"name": NAME})
    page.goto(f"/customers?q={NAME}")
    page.get_by_role("link", name=NAME).click()
    more = page.get_by_role("button", name="More", exact=True)
    dialog = page.get_by_role("dialog")
    for entry in ("Erase personal data", "Move to trash"):
        more.press("Enter")
        page.get_by_role("menuitem", name=entry).press("Enter")
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_be_hidden()
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
