"""Lists in groups in a browser: opened in place, by mouse and keys, kept in the address and in a view."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, keep_view, pick


def test_a_list_is_put_in_groups_that_open_in_place(signed_in: Page, installation: Installation):
    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_user\n"
        "boss = system('test')\n"
        "roles = {'ugroup-ann': 'reader', 'ugroup-bo': 'reader', 'ugroup-cy': 'salesperson'}\n"
        "for name, role in roles.items():\n"
        "    create_user(by=boss, username=name, role=role)"
    )
    page = signed_in
    page.goto("/people/users?q=ugroup")
    rows = page.locator("tr[data-row-key]")
    expect(rows).to_have_count(3)
    pick(page.get_by_role("combobox", name="Group by"), "Role")
    groups = page.get_by_role("group", name="Users in groups")
    readers = groups.get_by_role("button", name=re.compile(r"Read-only\s*2"))
    sellers = groups.get_by_role("button", name=re.compile(r"Salesperson\s*1"))
    expect(sellers).to_be_visible()
    expect(rows).to_have_count(0)

    readers.click()
    expect(readers).to_have_attribute("aria-expanded", "true")
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    expect(rows.first).to_have_attribute("data-active", "")
    # One at a time is open; by keyboard as by mouse.
    sellers.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("ugroup-cy")
    expect(readers).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(rows).to_have_count(1)
    sellers.click()
    expect(rows).to_have_count(0)

    tab = keep_view(page, "By role")
    page.goto("/people/users")
    tab.click()
    expect(readers).to_be_visible()
    expect(rows).to_have_count(0)

    # Who has no department stands in a group that says so.
    pick(page.get_by_role("combobox", name="Group by"), "Department")
    groups.get_by_role("button", name=re.compile("Not filled in")).click()
    expect(rows).to_have_count(3)


def test_groups_stand_where_the_list_finds_nothing_as_the_list_does(signed_in: Page):
    signed_in.goto("/people/users?q=nobody-is-called-so&group=role")
    expect(signed_in.get_by_role("main")).to_contain_text("No user")
