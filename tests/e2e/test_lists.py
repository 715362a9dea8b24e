"""Lists in a browser: bulk edit and undo, a conflict in place, a saved view, the trash, palette and keys."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NAMES, Installation, keep_view, pick, sign_in


@pytest.fixture
def desk(signed_in: Page, customers: list[str]) -> Page:
    signed_in.goto("/customers?q=列表")
    expect(signed_in.locator("tr[data-row-key]")).to_have_count(len(customers))
    return signed_in


def cell(page: Page, name: str, column: str):
    return page.locator("tr[data-row-key]", has_text=name).locator(f"td[data-column='{column}']")


def test_a_bulk_edit_is_done_and_undone(desk: Page):
    desk.locator("thead input[type=checkbox]").check()
    bar = desk.get_by_role("toolbar")
    expect(bar).to_contain_text(str(len(NAMES)))
    bar.get_by_role("button", name="Edit").click()
    dialog = desk.get_by_role("dialog")
    pick(dialog.get_by_role("combobox", name="Field"), "Kind", typed="kind")
    pick(dialog.get_by_role("group", name="Kind").get_by_role("combobox"), "Person")
    dialog.get_by_role("button", name=re.compile("^Change 6")).click()
    dock = desk.get_by_role("region", name="Work in progress")
    expect(dock).to_contain_text("6 customers changed")
    expect(cell(desk, NAMES[0], "kind")).to_have_text("Person")
    dock.get_by_role("button", name="Undo").click()
    expect(dock).to_contain_text("undone")
    expect(cell(desk, NAMES[0], "kind")).to_have_text("Organisation")
    desk.goto("/changes")
    expect(desk.get_by_role("row", name=re.compile(r"(?<!Undo · )Bulk edit")).first).to_contain_text("Undone")


def test_what_two_people_change_at_once_is_asked(desk: Page, installation: Installation):
    phone = cell(desk, NAMES[1], "phone")
    phone.dblclick()
    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.models import Customer\n"
        "from jinzita.customers.services import update_customer\n"
        f"one = Customer.objects.get(name={NAMES[1]!r})\n"
        "update_customer(by=system('test'), customer_id=one.pk, changes={'phone': '010-2222'})"
    )
    phone.get_by_role("textbox").fill("010-3333")
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("010-1000")
    expect(dialog).to_contain_text("010-2222")
    dialog.get_by_text("010-3333").click()
    # The dialog goes at once, the answer is saved behind it: a page loaded again before would lose it.
    with desk.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    desk.reload()
    expect(cell(desk, NAMES[1], "phone")).to_have_text("010-3333")


def test_a_view_keeps_filter_and_grouping(desk: Page):
    pick(desk.get_by_role("combobox", name="Group by"), "Grade")
    groups = desk.get_by_role("group", name="Customers in groups")
    expect(groups).to_contain_text("Prospect")
    tab = keep_view(desk, "My six")
    desk.get_by_role("button", name="VIP", exact=True).click()
    expect(tab).to_contain_text("•")
    desk.goto("/customers")
    tab.click()
    groups.get_by_role("button", name=re.compile("Prospect")).click()
    expect(desk.locator("tr[data-row-key]")).to_have_count(len(NAMES))


def test_the_list_is_worked_by_keyboard(desk: Page):
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    second = desk.locator("tr[data-row-key]").nth(1)
    expect(second).to_have_attribute("data-active", "")
    name = second.locator("a").inner_text()
    desk.keyboard.press(" ")
    expect(desk.get_by_role("dialog")).to_contain_text(name)
    desk.keyboard.press("Escape")
    desk.keyboard.press("x")
    expect(desk.get_by_role("toolbar")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/customers/\d+$"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text(name)
    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", level=1)).not_to_contain_text(name)
    desk.keyboard.press("u")
    expect(desk).to_have_url(re.compile(r"/customers\?q="))
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("Quick look")


def test_the_palette_goes_acts_and_finds(desk: Page):
    desk.locator("tr[data-row-key] a").first.click()
    desk.keyboard.press("Control+k")
    desk.get_by_role("combobox", name="Command palette").fill("field history")
    # Offered once the customer's page is there, which the list's heading does not tell.
    expect(desk.get_by_role("option", name=re.compile("Field history"))).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog", name="Field history")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+k")
    desk.get_by_role("combobox", name="Command palette").fill(NAMES[2])
    expect(desk.get_by_role("option", name=re.compile(NAMES[2]))).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(NAMES[2])


def test_what_is_deleted_waits_in_the_trash(desk: Page):
    desk.locator("tr[data-row-key]", has_text=NAMES[5]).locator("a").click()
    desk.get_by_role("button", name="More", exact=True).click()
    desk.get_by_role("menuitem", name="Move to trash").click()
    desk.get_by_role("dialog").get_by_role("button", name="Move to trash").click()
    expect(desk).to_have_url(re.compile("/customers$"))
    desk.goto("/trash")
    row = desk.get_by_role("row", name=re.compile(NAMES[5]))
    row.get_by_role("button", name="Restore").click()
    expect(row).to_be_hidden()
    desk.goto("/customers?q=列表")
    expect(desk.locator("tr[data-row-key]")).to_have_count(len(NAMES))


def test_a_reader_is_offered_no_changes(page: Page, installation: Installation, customers: list[str]):
    password = installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_user\n"
        "print(create_user(by=system('test'), username='lists-reader', role='reader')[1])"
    ).strip()
    sign_in(page, "lists-reader", password)
    page.goto("/customers?q=列表")
    page.locator("tr[data-row-key]").first.locator("input[type=checkbox]").check()
    bar = page.get_by_role("toolbar")
    for name in ("Edit", "Assign", "Delete"):
        expect(bar.get_by_role("button", name=name)).to_have_count(0)
    cell(page, customers[0], "phone").dblclick()
    expect(cell(page, customers[0], "phone").get_by_role("textbox")).to_have_count(0)


@pytest.fixture
def contacts(signed_in: Page, installation: Installation, customers: list[str]) -> Iterator[Page]:
    """Three contacts found by their own words."""
    installation.python(
        "from datetime import date\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.models import Customer\n"
        "from jinzita.customers.services import create_contact\n"
        f"seats = [dict(customer_id=Customer.objects.get(name={customers[0]!r}).pk)]\n"
        "for name in ('联络甲', '联络乙', '联络丙'):\n"
        "    create_contact(by=system('test'), name=name, positions=seats, today=date(2026, 1, 5),\n"
        "                   source='test', source_key=name)"
    )
    signed_in.goto("/contacts?q=联络")
    expect(signed_in.locator("tr[data-row-key]")).to_have_count(3)
    yield signed_in
    installation.python(
        "from django.db import transaction\n"
        "from jinzita.customers.models import Contact\n"
        "from jinzita.customers.services.removal import remove_contacts\n"
        "with transaction.atomic():\n"
        "    remove_contacts(list(Contact.objects.filter(source='test').values_list('pk', flat=True)))"
    )


def test_contacts_are_worked_by_keyboard(contacts: Page):
    contacts.keyboard.press("j")
    first = contacts.locator("tr[data-row-key]").first
    expect(first).to_have_attribute("data-active", "")
    contacts.keyboard.press("x")
    expect(contacts.get_by_role("toolbar")).to_be_visible()
    contacts.keyboard.press("ArrowRight")
    expect(first.locator("td[data-active]")).to_be_visible()
    contacts.keyboard.press("F2")
    expect(first.get_by_role("textbox")).to_be_focused()
    contacts.keyboard.press("Escape")
    contacts.keyboard.press("ArrowLeft")
    contacts.keyboard.press("Enter")
    expect(contacts.get_by_role("dialog")).to_contain_text(first.get_by_role("button").first.inner_text())


def test_contacts_are_edited_at_once_and_it_is_undone(contacts: Page):
    contacts.locator("thead input[type=checkbox]").check()
    bar = contacts.get_by_role("toolbar")
    bar.get_by_role("button", name="Edit").click()
    dialog = contacts.get_by_role("dialog")
    pick(dialog.get_by_role("combobox", name="Field"), "Department", typed="depart")
    dialog.get_by_role("group", name="Department").get_by_role("textbox").fill("Purchasing")
    pick(dialog.get_by_role("combobox", name="Field"), "Role in decisions", typed="role")
    pick(dialog.get_by_role("group", name="Role in decisions").get_by_role("combobox"), "Sponsor")
    dialog.get_by_role("button", name="Change 3 contacts").click()
    dock = contacts.get_by_role("region", name="Work in progress")
    expect(dock).to_contain_text("3 contacts changed")
    row = contacts.locator("tr[data-row-key]", has_text="联络甲")
    expect(row).to_contain_text("Purchasing")
    expect(row).to_contain_text("Sponsor")
    dock.get_by_role("button", name="Undo").click()
    expect(dock).to_contain_text("undone")
    expect(row).not_to_contain_text("Purchasing")
    contacts.goto("/changes")
    done = contacts.get_by_role("row", name=re.compile(r"(?<!Undo · )Bulk edit · Contacts"))
    expect(done).to_contain_text("Undone")


def test_a_contact_is_edited_in_place(contacts: Page):
    department = cell(contacts, "联络乙", "department")
    department.dblclick()
    department.get_by_role("textbox").fill("Logistics")
    contacts.keyboard.press("Enter")
    expect(department).to_have_text("Logistics")
    name = cell(contacts, "联络乙", "name")
    name.dblclick(position={"x": 2, "y": 2})
    expect(name.get_by_role("textbox")).to_have_count(0)
    contacts.reload()
    expect(cell(contacts, "联络乙", "department")).to_have_text("Logistics")


def test_a_view_of_contacts_keeps_filter_and_columns(contacts: Page):
    contacts.get_by_role("button", name="Columns").click()
    contacts.get_by_role("button", name="Remove “E-mail”").click()
    contacts.keyboard.press("Escape")
    tab = keep_view(contacts, "My three")
    contacts.goto("/contacts")
    tab.click()
    expect(contacts.locator("tr[data-row-key]")).to_have_count(3)
    expect(contacts.get_by_role("columnheader", name="E-mail")).to_have_count(0)
    expect(contacts.get_by_role("columnheader", name="Phone")).to_be_visible()
    contacts.goto("/customers")
    expect(contacts.get_by_role("navigation", name="Saved views").get_by_text("My three")).to_have_count(0)
