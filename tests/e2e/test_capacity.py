"""More customers than one person may hold, in a browser: whoever gives them is asked, wherever it is."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, pick

SET = (
    "from jinzita.assignment.services.rules import save_limits\n"
    "from jinzita.kernel.access import system\n"
    "save_limits(by=system('test'), changes={{'capacity': {}}})"
)


@pytest.fixture
def customers(installation: Installation) -> Iterator[None]:
    """Somebody who holds as many as one may; a customer in the pool, and one of a colleague."""
    installation.python(
        "from jinzita.customers.services import create_customer\n"
        "from jinzita.assignment.services.pool import release\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_user\n"
        "boss = system('test')\n"
        "full = create_user(by=boss, username='cap-full', role='salesperson')[0].pk\n"
        "other = create_user(by=boss, username='cap-other', role='salesperson')[0].pk\n"
        "create_customer(by=boss, name='Capfirst Ltd', owner_id=full)\n"
        "create_customer(by=boss, name='Capedited Ltd', owner_id=other)\n"
        "pooled = create_customer(by=boss, name='Cappooled Ltd', owner_id=other)\n"
        "release(by=boss, customer_id=pooled.pk, why='moved')"
    )
    installation.python(SET.format(1))
    yield
    installation.python(SET.format("None"))


def test_who_gives_more_than_one_may_hold_is_asked(signed_in: Page, customers: None):
    page = signed_in
    dialog = page.get_by_role("dialog")
    page.goto("/customers/pool?q=Cappooled")
    rows = page.locator("tr[data-row-key]")
    rows.get_by_role("checkbox").check()
    pick(page.get_by_role("combobox", name=re.compile("Give the 1 chosen")), "cap-full", typed="cap-full")
    expect(dialog).to_contain_text("More than one person may hold")
    dialog.get_by_role("button", name="Cancel").click()
    expect(rows).to_have_count(1)
    pick(page.get_by_role("combobox", name=re.compile("Give the 1 chosen")), "cap-full", typed="cap-full")
    dialog.get_by_role("button", name="Assign anyway").click()
    expect(rows).to_have_count(0)

    page.goto("/customers?q=Capedited")
    rows.first.get_by_role("link", name="Capedited Ltd").click()
    page.get_by_role("button", name=re.compile("Edit$")).first.click()
    form = page.get_by_role("dialog")
    pick(form.get_by_role("combobox", name="Owner"), "cap-full", typed="cap-full")
    form.get_by_role("button", name="Save").click()
    asked = page.get_by_role("dialog").filter(has_text="More than one person may hold")
    expect(asked).to_contain_text("limit of 1")
    asked.get_by_role("button", name="Assign anyway").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("cap-full")
