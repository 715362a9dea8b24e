"""One record for everything known: a new attribute is filtered by; what was entered twice becomes one."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, pick

FLEETS = {"车队甲运输有限公司": 120, "车队乙运输有限公司": 8, "车队丙运输有限公司": None}
TWICE = ["深圳市鸿远达电子科技有限公司", "鸿远达电子（深圳）科技有限公司"]


def made(installation: Installation, *customers: dict[str, Any]) -> list[int]:
    """Customers as a program enters them; answers their ids."""
    told = installation.python(
        "import json\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.services import create_customer\n"
        f"entered = json.loads({json.dumps(json.dumps(customers))})\n"
        "print(json.dumps([create_customer(by=system('test'), **one).pk for one in entered]))"
    )
    return list(json.loads(told.strip().splitlines()[-1]))


def test_an_attribute_is_defined_and_filtered_by(signed_in: Page, installation: Installation):
    page = signed_in
    page.goto("/setup/attributes")
    page.get_by_role("button", name="New attribute").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Chinese name").fill("自有车辆")
    dialog.get_by_label("English name").fill("Own vehicles")
    dialog.get_by_label("Code").fill("own_vehicles")
    unit = dialog.get_by_label("Unit")
    pick(dialog.get_by_label("Type"), "Number")
    expect(unit).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    # Neither a restart nor a migration: it is known at once.
    made(installation, *(
        {"name": name, "attributes": {} if count is None else {"own_vehicles": count}}
        for name, count in FLEETS.items()
    ))  # fmt: skip
    index = page.get_by_role("switch", name="Index: Own vehicles")
    index.click()
    expect(index).not_to_have_class(re.compile("loading"))
    expect(index).to_be_checked()

    page.goto("/customers?q=车队")
    expect(page.locator("tr[data-row-key]")).to_have_count(len(FLEETS))
    page.get_by_role("search", name="Search and filter").get_by_role(
        "button", name=re.compile("Filter$")
    ).click()
    pick(page.get_by_role("combobox", name="Field"), "Own vehicles", typed="vehicles")
    pick(page.get_by_role("combobox", name="Condition"), "at least")
    page.get_by_role("spinbutton", name="Value").fill("100")
    page.get_by_role("button", name="Apply").click()
    rows = page.locator("tr[data-row-key]")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("车队甲")
    # The filter is in the address: whoever is sent it sees the same.
    page.reload()
    expect(rows).to_have_count(1)
    expect(page.get_by_role("search", name="Search and filter")).to_contain_text("Own vehicles")


def test_a_duplicate_is_found_merged_and_taken_apart(signed_in: Page, installation: Installation):
    page = signed_in
    first, second = made(
        installation,
        {"name": TWICE[0], "phone": "0755-8321 7766"},
        {"name": TWICE[1], "phone": "+86 755 83217766", "email": "info@hyd.example"},
    )
    page.goto("/quality/duplicates")
    page.get_by_role("button", name="Compare all customers").click()
    group = page.locator("section, .ant-card", has=page.get_by_role("link", name=TWICE[0])).filter(
        has=page.get_by_role("link", name=TWICE[1])
    )
    expect(group.last).to_be_visible()
    group.last.get_by_role("button", name="Merge").click()
    expect(page).to_have_url(re.compile("/customers/merge"))
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status == 404 else None)
    page.get_by_role("button", name="Merge 2 customers").click()
    expect(page).to_have_url(re.compile(r"/customers/merges/\d+"))
    expect(page.get_by_text("The old ids still work")).to_be_visible()
    assert missing == [], "what was merged is asked for no more"

    # Either id leads to the one that stayed, which knows phone and e-mail.
    shown = [page.request.get(f"/api/v1/customers/{one}").json() for one in (first, second)]
    assert shown[0]["id"] == shown[1]["id"]
    assert shown[0]["email"] == "info@hyd.example"
    page.get_by_role("button", name="Take apart").click()
    page.get_by_role("dialog").get_by_role("button", name="Take apart").click()
    expect(page.get_by_text("Taken back by")).to_be_visible()
    for one, name in zip((first, second), TWICE, strict=True):
        page.goto(f"/customers/{one}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_sheet_is_printed_on_white_by_who_works_in_the_dark(signed_in: Page, installation: Installation):
    page = signed_in
    (one,) = made(installation, {"name": "印刷有限公司"})
    page.evaluate("localStorage.setItem('jinzita.theme', 'dark')")
    page.goto(f"/customers/{one}/sheet")
    expect(page.get_by_role("heading", level=1)).to_contain_text("印刷有限公司")
    drawn = page.locator("html")
    expect(drawn).to_have_attribute("data-theme", "dark")
    page.emulate_media(media="print")
    expect(drawn).to_have_attribute("data-theme", "light")
    page.emulate_media(media="screen")
    expect(drawn).to_have_attribute("data-theme", "dark")


def test_who_is_not_to_be_contacted_says_so_before_anything_else(signed_in: Page, installation: Installation):
    (customer,) = made(installation, {"name": "勿扰测试贸易有限公司"})
    page = signed_in
    page.goto(f"/customers/{customer}?tab=contacts")
    page.get_by_role("button", name="Do not contact", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    note = page.get_by_role("alert").filter(has_text="Not to be contacted")
    expect(note).to_have_count(1)
    page.goto("/customers?q=勿扰测试")
    expect(page.locator("tr[data-row-key]")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Not to be contacted")


def test_a_note_is_given_its_earlier_text_again(signed_in: Page, installation: Installation):
    (customer,) = made(installation, {"name": "备注测试贸易有限公司"})
    page = signed_in
    page.goto(f"/customers/{customer}")
    page.get_by_label("Write a note (@ names a colleague)").fill("Offer of 100")
    page.keyboard.press("Control+Enter")
    entry = page.locator("li.ant-timeline-item").filter(has_text="Offer of")
    entry.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note").fill("Offer of 90")
    dialog.get_by_role("button", name="Save").click()
    expect(entry).to_contain_text("Offer of 90")
    entry.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Earlier texts").click()
    dialog.get_by_role("button", name="Put this text back").click()
    page.keyboard.press("Escape")
    expect(entry).to_contain_text("Offer of 100")
